import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { CLIENT_IDS, configureCommand, directorySetting, openCommand } from "../../src/clients/clientId";
import { Command, Setting } from "../../src/ids";
import { ROOT } from "../harness/paths";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}
const { contributes } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as Manifest;

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
});
