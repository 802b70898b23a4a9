// Every `await import()` would become a file of its own, and what two of them share another one: 150 small files, which
// pack badly (a fifth of the package) and cost a read each. So what is imported later comes in three files: whatever
// asks the network brings the HTTP client, whatever looks at the machine the parsers, and commands the rest.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The first that fits holds the module. */
const ROOMS = Object.entries({
  check: /^(health\/probe\/|editor\/machine\/networkOf$)/,
  look: /^(changes\/history\/importStore$|editor\/(diagnosis|files|guard|machine)\/|editor\/status\/checkedClients$|doctor\/overview\/)/,
  commands: /^/,
});

/** A literal, as esbuild wants it. */
const LATER = /\bimport\("(\.{1,2}\/[^"]+)"\)/g;

/** An esbuild plugin. @param source the folder of the sources, absolute */
export function fewChunks(source) {
  const moduleOf = (importer, name) =>
    path.relative(source, path.resolve(path.dirname(importer), name)).replaceAll(path.sep, "/");
  const roomOf = (module) => ROOMS.find(([, pattern]) => pattern.test(module))[0];
  const later = () => {
    const files = readdirSync(source, { recursive: true, encoding: "utf8" });
    const imports = files
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => {
        const file = path.join(source, name);
        return [...readFileSync(file, "utf8").matchAll(LATER)].map(([, imported]) =>
          moduleOf(file, imported),
        );
      });
    return [...new Set(imports)].sort();
  };
  return {
    name: "few-chunks",
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        if (!file.startsWith(source + path.sep)) return undefined;
        const contents = readFileSync(file, "utf8").replace(LATER, (_, name) => {
          const module = moduleOf(file, name);
          return `import("room:${roomOf(module)}").then((room) => room["${module}"])`;
        });
        return { contents, loader: "ts" };
      });
      build.onResolve({ filter: /^room:/ }, ({ path: room }) => ({ path: room.slice(5), namespace: "room" }));
      build.onLoad({ filter: /^/, namespace: "room" }, ({ path: room }) => {
        const exports = later().filter((module) => roomOf(module) === room);
        const contents = exports.map((module) => `export * as "${module}" from "./${module}";`).join("\n");
        return { contents, loader: "ts", resolveDir: source };
      });
    },
  };
}
