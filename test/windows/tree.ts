import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { ROOT } from "../harness/paths";

/**
 * Turns every file of `src` and `test` into JavaScript, file by file: `tsx` within Wine would take 6 s for each
 * start. What is made lies in a folder of its own, to be laid over the checkout.
 */
export async function compileTree(folder: string): Promise<void> {
  const files = ["src", "test"].flatMap((top) =>
    fs
      .readdirSync(path.join(ROOT, top), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".d.ts") && !name.includes("node_modules"))
      .map((name) => path.join(ROOT, top, name)),
  );
  await build({
    entryPoints: files,
    outdir: folder,
    outbase: ROOT,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    sourcemap: "inline",
    logLevel: "warning",
    plugins: [
      {
        name: "file by file",
        setup(plugin) {
          plugin.onResolve({ filter: /.*/ }, ({ kind, path: named, resolveDir }) => {
            if (kind === "entry-point") return undefined;
            const isOurs = named.startsWith(".") && isScript(path.resolve(resolveDir, named));
            return { path: isOurs ? `${named}.js` : named, external: true };
          });
        },
      },
    ],
  });
}

function isScript(file: string): boolean {
  return [".ts", ".tsx"].some((ending) => fs.existsSync(file + ending));
}
