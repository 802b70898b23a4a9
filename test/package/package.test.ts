// What `npm run package` made: it may be published, and anybody can make it again.
import * as assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { deflateRawSync } from "node:zlib";
import { listFiles, PackageManager } from "@vscode/vsce";
import * as esbuild from "esbuild";
import { ROOT, VSIX } from "../harness/paths";
import { run } from "../harness/run";
import { filesOf, wholeLanguages } from "../l10n/languages";

const NOTICES = "dist/ThirdPartyNotices.txt";

describe("the package", () => {
  it("names every bundled package with the text of its licence", async () => {
    const notices = fs.readFileSync(path.join(ROOT, NOTICES), "utf8");
    const bundled = await bundledPackages();
    assert.ok(bundled.length > 5, bundled.join());
    for (const name of bundled) {
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\([\\w.-]+\\)$`, "m"));
      const [text] = licenceTexts(name);
      // One of them forgot to enclose the text; what stands there for it is seen here once and for all.
      if (text === undefined) assert.equal(name, "@vscode/l10n");
      else assert.ok(notices.includes(text), `${name}: the text of its licence`);
    }
    assert.match(
      notices,
      /^@vscode\/l10n [\d.]+ \(MIT\)\n\nCopyright \(c\) Microsoft Corporation\n\nPermission is/m,
    );
  });

  it("contains no copyleft", () => {
    const notices = fs.readFileSync(path.join(ROOT, NOTICES), "utf8");
    assert.doesNotMatch(
      notices,
      /GNU |\b[AL]?GPL|Mozilla Public|\bMPL\b|Eclipse Public|\bEPL\b|CDDL|\bEUPL\b/i,
    );
  });

  it("ships the licences and no file of the project's own work", async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    for (const needed of ["LICENSE", NOTICES, "package.json", "dist/extension.js"]) {
      assert.ok(files.includes(needed), needed);
    }
    const foreign = files.filter((file) =>
      /(^|\/)(src|test|bench|build|node_modules)\/|\.(ts|map)$/.test(file),
    );
    assert.deepEqual(foreign, []);
  });

  it("has a README of at most 8 kB whose pictures are there", () => {
    const readme = fs.readFileSync(path.join(ROOT, "README.md"), "utf8");
    assert.ok(Buffer.byteLength(readme) <= 8_000, `${Buffer.byteLength(readme)} bytes`);
    const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = ""]) => file);
    assert.ok(pictures.length > 0);
    assert.deepEqual(
      pictures.filter((file) => !fs.existsSync(path.join(ROOT, file))),
      [],
    );
  });

  it("weighs at most 300 kB without its languages", async () => {
    const languages = /(^|\/)(bundle\.l10n|package\.nls|[^/]+\.nls)\.[a-z-]+\.(json|md)$/;
    const files = (await listFiles({ cwd: ROOT, packageManager: PackageManager.None })).filter((file) =>
      languages.test(file),
    );
    // Beside its bytes each file has two headers with its name in the archive.
    const packed = files.map(
      (file) =>
        deflateRawSync(fs.readFileSync(path.join(ROOT, file))).length + 76 + 2 * `extension/${file}`.length,
    );
    const bytes = packed.reduce((sum, size) => sum - size, fs.statSync(VSIX).size);
    assert.ok(bytes <= 300_000, `${bytes} bytes`);
  });

  // English is the key of each text, so that a bundle holds it too: what counts is what a translator wrote.
  it("has at most 25 kB of each language", () => {
    for (const language of wholeLanguages()) {
      const [bundle = "", ...others] = filesOf(language).filter((file) => !file.startsWith("test/"));
      const texts = Object.values(JSON.parse(fs.readFileSync(path.join(ROOT, bundle), "utf8")) as object);
      const written = [
        texts.join("\n"),
        ...others.map((file) => fs.readFileSync(path.join(ROOT, file), "utf8")),
      ];
      const bytes = written.reduce((sum, text) => sum + deflateRawSync(text).length, 0);
      assert.ok(bytes <= 25_000, `${language}: ${bytes} bytes`);
    }
  });

  it("brings every language whole", async () => {
    const files = await listFiles({ cwd: ROOT, packageManager: PackageManager.None });
    const wanted = wholeLanguages()
      .flatMap(filesOf)
      .filter((file) => !file.startsWith("test/"));
    assert.deepEqual(
      wanted.filter((file) => !files.includes(file)),
      [],
    );
  });

  it("loads neither a parser nor the HTTP client on activation, and only what asks the network the latter", () => {
    const [look] = chunks("look-");
    const [commands] = chunks("commands-");
    assert.ok(look && commands);
    assert.deepEqual(librariesIn("dist/extension.js"), []);
    assert.deepEqual(librariesIn(look), ["json5", "jsonc-parser", "smol-toml"]);
    assert.deepEqual(librariesIn(commands), librariesIn(look));
    assert.deepEqual(librariesOf(chunks("")), Object.keys(LIBRARIES));
  });

  it("has the same bytes when it is made again later", async function () {
    this.timeout(300_000);
    const first = hashOf(VSIX);
    // A later checkout: every file has another time.
    for (const file of ["README.md", "package.json", "media/icon.png"]) {
      fs.utimesSync(path.join(ROOT, file), new Date(), new Date());
    }
    const { code, stderr } = await run("npm", ["run", "--silent", "package"], { cwd: ROOT });
    assert.equal(code, 0, stderr);
    assert.equal(hashOf(VSIX), first);
  });
});

/** Words of each library that are in its minified code too. */
const LIBRARIES = {
  json5: "JSON5: ",
  "jsonc-parser": "InvalidCommentToken",
  "smol-toml": "Invalid TOML document",
  undici: "llhttp_alloc",
};

function chunks(prefix: string): string[] {
  const names = fs.readdirSync(path.join(ROOT, "dist/chunks")).filter((name) => name.startsWith(prefix));
  return names.map((name) => `dist/chunks/${name}`);
}

/** What is read when a file of the bundle is: what it imports, and what that imports. */
function librariesIn(file: string): string[] {
  const read = new Set([file]);
  for (const each of read) {
    const imports = fs.readFileSync(path.join(ROOT, each), "utf8").matchAll(/(?:from|import)"(\.[^"]+)"/g);
    for (const [, name = ""] of imports) read.add(path.join(path.dirname(each), name));
  }
  return librariesOf([...read]);
}

function librariesOf(files: readonly string[]): string[] {
  const code = files.map((file) => fs.readFileSync(path.join(ROOT, file), "utf8")).join();
  return Object.entries(LIBRARIES).flatMap(([name, words]) => (code.includes(words) ? [name] : []));
}

function hashOf(file: string): string {
  return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}

/** By another way than the build: the comments with which esbuild marks where readable code came from. */
async function bundledPackages(): Promise<string[]> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ["src/extension.ts", "src/panel/page/main.tsx"].map((file) => path.join(ROOT, file)),
    bundle: true,
    write: false,
    outdir: "unused",
    platform: "node",
    format: "esm",
    external: ["vscode"],
    mainFields: ["module", "main"],
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "error",
  });
  const marks = outputFiles.flatMap(({ text }) => [
    ...text.matchAll(/^ *\/\/ (?:\S*\/)?node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm),
  ]);
  return [...new Set(marks.map((mark) => mark[1]!))].sort();
}

function licenceTexts(name: string): string[] {
  const folder = path.join(ROOT, "node_modules", name);
  const files = fs.readdirSync(folder).filter((file) => /^licen[cs]e/i.test(file));
  return files.map((file) =>
    fs.readFileSync(path.join(folder, file), "utf8").replaceAll("\r\n", "\n").trim(),
  );
}
