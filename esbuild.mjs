// Bundles the extension (and, with --tests, the suite that runs inside VS Code).
//   --watch       rebuild on change, with the lines VS Code's $esbuild-watch problem matcher reads
//   --production  minify, no source maps, and dist/ThirdPartyNotices.txt
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";
import { fewChunks } from "./build/fewChunks.mjs";
import { leanUndici } from "./build/leanUndici.mjs";
import { thirdPartyNotices } from "./build/thirdPartyNotices.mjs";

const watch = process.argv.includes("--watch");
const production = process.argv.includes("--production");

/** Prints the begin/end lines and errors in the form VS Code's task runner recognises. */
const problemMatcher = {
  name: "problem-matcher",
  setup(build) {
    build.onStart(() => console.log("[watch] build started"));
    build.onEnd(({ errors }) => {
      for (const { text, location } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
      }
      console.log("[watch] build finished");
    });
  },
};

const shared = {
  bundle: true,
  platform: "node",
  format: "esm",
  // The Node of VS Code 1.105, the lowest version package.json claims.
  target: "node22",
  // They stand in ThirdPartyNotices.txt.
  legalComments: "none",
  external: ["vscode"],
  minify: production,
  sourcemap: !production,
  metafile: true,
  logLevel: "warning",
  plugins: watch ? [problemMatcher] : [],
  // jsonc-parser's UMD entry breaks when bundled; its module entry does not.
  mainFields: ["module", "main"],
};

// Bundled CommonJS packages (undici) still call require() for Node's own modules.
const requireForNodeModules = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};

const builds = [
  {
    ...shared,
    entryPoints: { extension: "src/extension.ts" },
    outdir: "dist",
    // What is imported later becomes files of its own: activation reads the small entry only.
    splitting: true,
    plugins: [...shared.plugins, fewChunks(path.resolve("src")), leanUndici],
    chunkNames: "chunks/[name]-[hash]",
    banner: requireForNodeModules,
  },
  {
    ...shared,
    entryPoints: { panel: "src/panel/page/main.tsx" },
    outdir: "dist/webview",
    // The panel's page runs in VS Code's browser, and webviews load no modules of their own.
    platform: "browser",
    format: "iife",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    external: [],
  },
];

if (process.argv.includes("--tests")) {
  const folder = "test/editor";
  const suites = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
  builds.push({
    ...shared,
    entryPoints: ["index.ts", ...suites].map((file) => `${folder}/${file}`),
    outdir: "out/test/editor",
    // VS Code requires the suite, so it cannot be an ES module.
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    external: ["vscode", "mocha"],
    sourcemap: "inline",
  });
}

// Chunks carry a hash in their name, so those of earlier builds would pile up and be shipped.
for (const { outdir } of builds) rmSync(outdir, { recursive: true, force: true });
if (watch) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  const results = await Promise.all(builds.map((build) => esbuild.build(build)));
  const notices = thirdPartyNotices(results.map(({ metafile }) => metafile));
  if (production) writeFileSync("dist/ThirdPartyNotices.txt", notices);
}
