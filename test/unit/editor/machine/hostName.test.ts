import assert from "node:assert/strict";
import * as os from "node:os";
import { env } from "../../../fakes/vscode";

const { hostName } = await import("../../../../src/editor/machine/hostName");

describe("the name of the machine of this window", () => {
  const { WSL_DISTRO_NAME } = process.env;
  afterEach(() => {
    env.remoteName = undefined;
    delete process.env["WSL_DISTRO_NAME"];
    if (WSL_DISTRO_NAME !== undefined) process.env["WSL_DISTRO_NAME"] = WSL_DISTRO_NAME;
  });

  for (const [remote, distribution, name] of [
    [undefined, undefined, undefined],
    ["codespaces", undefined, undefined],
    ["ssh-remote", undefined, os.hostname()],
    ["wsl", "Debian", "Debian"],
    ["wsl", undefined, "WSL"],
  ] as const) {
    it(`is ${name} for ${remote}${distribution === undefined ? "" : ` in ${distribution}`}`, () => {
      env.remoteName = remote;
      delete process.env["WSL_DISTRO_NAME"];
      if (distribution !== undefined) process.env["WSL_DISTRO_NAME"] = distribution;
      assert.equal(hostName(), name);
    });
  }
});
