import assert from "node:assert/strict";
import { CLIENT_IDS, configureCommand } from "../../../../src/clients/clientId";
import type { Action } from "../../../../src/doctor/action";
import { Command } from "../../../../src/ids";
import "../../../fakes/vscode";

const { offerOf } = await import("../../../../src/editor/status/stepOffer");

describe("a step as hover and menu offer it", () => {
  const offered = (action: Action) => {
    const { label, command } = offerOf({ do: action });
    return [label, command];
  };

  it("configures the client that it is about; how to install one is told in the panel", () => {
    for (const id of CLIENT_IDS) {
      assert.deepEqual(offered(`configure:${id}`), ["Configure…", configureCommand(id)]);
      assert.deepEqual(offered(`install:${id}`), ["Open Troubleshooting", Command.troubleshoot]);
    }
  });

  for (const [action, ...expected] of [
    ["setUp", "Set Up…", Command.setUp],
    ["setApiKey", "Set API Key…", Command.setApiKey],
    ["selectApiKey", "Switch API Key…", Command.selectApiKey],
    ["replaceApiKey", "Replace a Leaked or Old Key…", Command.replaceApiKey],
    ["selectEndpoint", "Select Endpoint…", Command.selectEndpoint],
    ["checkHealth", "Check Now", Command.checkHealth],
    ["fixAll", "Fix All…", Command.fixAll],
    ["addToCcSwitch", "Add to CC Switch…", Command.addToCcSwitch],
    ["chooseModel", "Select Model…", Command.selectModel],
    ["unstageKey", "Unstage", Command.unstageKey],
    ["openConsole", "Open API Keys Console", Command.openConsole],
    ["openDocumentation", "Open Troubleshooting", Command.troubleshoot],
    ["showLog", "Show Log", Command.showLog],
  ] as const) {
    it(`runs what it says: ${action}`, () => assert.deepEqual(offered(action), expected));
  }
});
