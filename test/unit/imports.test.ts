import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { ROOT } from "../harness/paths";

/** ESLint's table of the arrows; ESLint itself does not look at `import()`. */
const { MAY_IMPORT } = (await import(pathToFileURL(path.join(ROOT, "eslint.config.mjs")).href)) as {
  MAY_IMPORT: Record<string, readonly string[]>;
};

describe("imports", () => {
  it("make no circle, types and import() included: each file can be understood before those that use it", () => {
    const imports = importsOf(path.join(ROOT, "src"));
    const unknown = [...imports.values()].flat().filter((file) => !imports.has(file));
    assert.deepEqual(unknown, [], "every import leads to a file that was looked at");
    assert.deepEqual(circles(imports), []);
  });

  it("follow the arrows of the architecture, import() included", () => {
    assert.deepEqual(breaches(importsOf(path.join(ROOT, "src"))), []);
  });

  it("against the arrows are found, and those of the editor go everywhere", () => {
    const imports = new Map([
      ["gateway/a.ts", ["changes/b.ts", "gateway/c.ts"]],
      ["editor/d.ts", ["doctor/e.ts"]],
      ["panel/f.ts", ["editor/d.ts", "ids.ts"]],
    ]);
    assert.deepEqual(breaches(imports), ["gateway/a.ts → changes/b.ts", "panel/f.ts → editor/d.ts"]);
  });

  it("that make a circle are found", () => {
    const imports = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", ["a"]],
      ["d", []],
    ]);
    assert.deepEqual(circles(imports), [["a", "b", "c"]]);
  });
});

/** About a dozen things are found at a glance. */
const LARGEST_ROOM = 13;
/** The hall of VS Code's side: a door to each surface, and what all of them share. */
const LARGEST_HALL = 17;

/** Names that say the same in each room they stand in. */
const TWINS = {
  "a client": [
    "configure",
    "home",
    "notices",
    "obstacles",
    "remove",
    "sentKeys",
    "startCheck",
    "state",
    "terminal",
    "undo",
    "ccSwitchApp",
  ],
  "a family of problems": ["words", "rules", "symptoms"],
  "a format of documents": ["remarks"],
  // The command, and what it runs; a client's way, and ours.
  "two floors": ["diagnose", "arrival", "network", "report", "overrides"],
};

describe("rooms", () => {
  it("hold so much that one finds what one looks for", () => {
    const full = roomsBelow(path.join(ROOT, "src")).filter(
      ([room, count]) => count > (room === "src/editor" ? LARGEST_HALL : LARGEST_ROOM),
    );
    assert.deepEqual(full, []);
  });

  it("have no two files of one name but twins", () => {
    const names = [...importsOf(path.join(ROOT, "src")).keys()].map((file) => path.parse(file).name);
    const doubled = new Set(names.filter((name, at) => names.indexOf(name) !== at));
    assert.deepEqual([...doubled].sort(), Object.values(TWINS).flat().sort());
  });
});

function roomsBelow(folder: string): [folder: string, entries: number][] {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  const below = entries.filter((entry) => entry.isDirectory());
  return [
    [path.relative(ROOT, folder), entries.length],
    ...below.flatMap(({ name }) => roomsBelow(path.join(folder, name))),
  ];
}

type Imports = ReadonlyMap<string, readonly string[]>;

/** File → files that it imports in any way, all relative to the folder. */
function importsOf(folder: string): Imports {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((f) => /\.tsx?$/.test(f));
  const resolve = (name: string) => [`${name}.tsx`].find((file) => files.includes(file)) ?? `${name}.ts`;
  assert.ok(files.length > 100, "the sources were found");
  return new Map(
    files.map((file) => {
      const { importedFiles } = ts.preProcessFile(
        fs.readFileSync(path.join(folder, file), "utf8"),
        true,
        true,
      );
      const own = importedFiles.filter(({ fileName }) => fileName.startsWith("."));
      return [file, own.map(({ fileName }) => resolve(path.join(path.dirname(file), fileName)))];
    }),
  );
}

function breaches(imports: Imports): string[] {
  const arrows = [...imports].flatMap(([from, files]) => files.map((to) => [from, to] as const));
  const roomOf = (file: string) => file.split("/", 1)[0]!;
  const isAllowed = (from: string, to: string) => {
    const allowed = MAY_IMPORT[roomOf(from)];
    return !allowed || !to.includes("/") || [roomOf(from), ...allowed].includes(roomOf(to));
  };
  return arrows.filter(([from, to]) => !isAllowed(from, to)).map(([from, to]) => `${from} → ${to}`);
}

/** Files that reach one another, in groups. */
function circles(imports: Imports): string[][] {
  const reached = (from: string): Set<string> => {
    const seen = new Set<string>();
    const open = [...(imports.get(from) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(imports.get(file) ?? []));
    }
    return seen;
  };
  const reach = new Map([...imports.keys()].map((file) => [file, reached(file)]));
  const inCircle = (a: string, b: string) => reach.get(a)!.has(b) && reach.get(b)!.has(a);
  const found = [...imports.keys()].filter((file) => inCircle(file, file)).sort();
  const groups = found.map((file) => found.filter((other) => inCircle(file, other)));
  return groups.filter(([first], index) => groups.findIndex(([other]) => other === first) === index);
}
