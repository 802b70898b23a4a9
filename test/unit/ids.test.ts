import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { CLIENT_IDS, configureCommand, directorySetting, openCommand } from "../../src/clients/clientId";
import { Command, ContextKey, EXTENSION_ID, Setting, WALKTHROUGH } from "../../src/ids";
import { ROOT } from "../harness/paths";

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly markdown: string };
  readonly completionEvents: readonly string[];
}
interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}
const readJson = (name: string) => JSON.parse(fs.readFileSync(path.join(ROOT, name), "utf8")) as unknown;
const { contributes, publisher, name } = readJson("package.json") as Manifest;
const texts = readJson("package.nls.json") as Readonly<Record<string, string>>;

describe("the ids that others meet", () => {
  it("of commands are those that package.json declares", () => {
    const declared = contributes.commands.map(({ command }) => command);
    assert.deepEqual(declared.sort(), Object.values(Command).sort());
  });

  it("of settings are those that package.json declares", () => {
    assert.deepEqual(Object.keys(contributes.configuration.properties).sort(), Object.values(Setting).sort());
  });

  it("are other commands and another setting for each client", () => {
    assert.equal(new Set(CLIENT_IDS.map(configureCommand)).size, CLIENT_IDS.length);
    assert.equal(new Set(CLIENT_IDS.map(openCommand)).size, CLIENT_IDS.length);
    assert.equal(new Set(CLIENT_IDS.map(directorySetting)).size, CLIENT_IDS.length);
  });

  describe("of the walkthrough", () => {
    const [walkthrough] = contributes.walkthroughs;
    const steps = walkthrough?.steps ?? [];
    const inText = (text: string) => texts[text.replaceAll("%", "")] ?? "";
    const known = (list: object, id: string) => (Object.values(list) as string[]).includes(id);

    it("are its own and the extension's", () => {
      assert.deepEqual([walkthrough?.id, `${publisher}.${name}`], [WALKTHROUGH, EXTENSION_ID]);
      assert.deepEqual(
        steps.map(({ id }) => id),
        ["key", "clients", "tryIt", "help"],
      );
    });

    for (const { id, title, description, media, completionEvents } of steps) {
      it(`name commands, states and pages that exist: ${id}`, () => {
        assert.notEqual(inText(title), "");
        const links = [...inText(description).matchAll(/\(command:([\w.]+)\)/g)].map(
          ([, command = ""]) => command,
        );
        assert.ok(links.length > 0 && links.every((each) => known(Command, each)), links.join());
        // VS Code makes a button of a link that has a line of its own.
        assert.match(inText(description), /^\[[^\]]+\]\(command:[\w.]+\)$/m);
        assert.notEqual(fs.readFileSync(path.join(ROOT, media.markdown), "utf8"), "");
        for (const event of completionEvents) {
          const [, kind = "", of = ""] = /^(onContext|onCommand):(.+)$/.exec(event) ?? [];
          assert.ok(known(kind === "onContext" ? ContextKey : Command, of), event);
        }
      });
    }
  });
});
