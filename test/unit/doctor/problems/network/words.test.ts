import assert from "node:assert/strict";
import { diagnose } from "../../../../../src/doctor/diagnose";
import { systemHelp, unsetVariableHelp } from "../../../../../src/doctor/problems/network/systemHelp";
import type { ProblemCode } from "../../../../../src/doctor/problems/knowledge";
import type { HealthReport } from "../../../../../src/health/report";
import { healthReport, Machine, type MachineState } from "../../machine";

async function found(code: ProblemCode, platform: NodeJS.Platform, state: MachineState = {}) {
  const health: HealthReport[] = [healthReport({ state: "unreachable", code })];
  const snapshot = await Machine.use({ health, ...state }, (machine) => machine.snapshot());
  const problem = diagnose({ ...snapshot, platform }).find((each) => each.code === code);
  assert.ok(problem);
  return problem;
}

describe("words about the network", () => {
  it("say what helps on this system", async () => {
    const help = async (code: ProblemCode, platform: NodeJS.Platform) => (await found(code, platform)).help;
    const trust = "network/untrusted-certificate";
    assert.match(await help(trust, "win32"), /certmgr\.msc/);
    assert.match(await help(trust, "darwin"), /Keychain/);
    assert.match(await help(trust, "linux"), /update-ca-certificates/);
    assert.match(
      await help("network/proxy-auth", "win32"),
      /^Run "\[Environment\]::SetEnvironmentVariable\('HTTPS_PROXY', '[^'"]+', 'User'\)" in PowerShell/,
    );
    assert.match(await help("network/proxy-auth", "darwin"), /export HTTPS_PROXY=.*~\/\.zprofile/);
    assert.match(await help("network/dns-blocked", "win32"), /drivers\\etc\\hosts/);
    assert.match(await help("network/dns-blocked", "linux"), /\/etc\/hosts/);
  });

  it("say where a variable is set and how it goes, in the person's own shell", () => {
    const help = (platform: NodeJS.Platform, SHELL?: string) =>
      unsetVariableHelp({ platform, variables: SHELL === undefined ? {} : { SHELL } }, "X");
    assert.match(help("win32"), /SetEnvironmentVariable\('X', \$null, 'User'\).*Remove-Item Env:X/);
    assert.match(help("linux", "/bin/bash"), /~\/\.profile .*"unset X"/);
    assert.match(help("darwin"), /~\/\.zprofile .*"unset X"/);
    assert.match(help("linux", "/usr/bin/zsh"), /~\/\.zprofile/);
    assert.match(help("darwin", "/opt/homebrew/bin/fish"), /config\.fish .*"set -e X"/);
    const set = systemHelp("network/proxy-value", { platform: "linux", variables: { SHELL: "/bin/fish" } });
    assert.match(set ?? "", /"set -gx HTTPS_PROXY '.*config\.fish/);
  });

  it("bring a certificate into the system first, then into a variable for each client, and never turn the check off", async () => {
    for (const platform of ["win32", "darwin", "linux"] as const) {
      const { help } = await found("network/untrusted-certificate", platform);
      assert.match(help, /^(?:Import|Add|Copy) .*CODEX_CA_CERTIFICATE.*NODE_EXTRA_CA_CERTS.*restart VS Code/);
      assert.doesNotMatch(help, /SSL_CERT_FILE|REJECT_UNAUTHORIZED/);
    }
  });

  it("name the page that answers, and who cannot connect", async () => {
    const page = await found("network/filtered", "linux", { answerSays: "Web Page Blocked" });
    assert.match(page.message, /^The page that answers is titled “Web Page Blocked”\. A filter/);
    const health = [healthReport({ state: "degraded", code: "network/proxy-value", failing: ["opencode"] })];
    const one = await found("network/proxy-value", "linux", { health });
    assert.match(one.message, /^OpenCode cannot connect\. /);
  });

  it("say what a client does not read that helps the other one, and who signed the certificate", async () => {
    const code = "network/untrusted-certificate";
    const certificate = {
      subject: "api.clawto.link",
      issuer: "Company Authority",
      validFrom: "2020-01-01T00:00:00.000Z",
      validTo: "2099-01-01T00:00:00.000Z",
      names: "",
      namesIssuerAddress: false,
    };
    const { message } = await found(code, "linux", {
      health: [healthReport({ state: "degraded", code, failing: ["codex"] })],
      ways: [
        { clients: ["codex"], code, seen: { certificate }, trustVariables: [] },
        { clients: ["opencode"], seen: {}, trustVariables: ["NODE_EXTRA_CA_CERTS"] },
      ],
    });
    assert.match(
      message,
      /^Codex cannot connect: it does not read NODE_EXTRA_CA_CERTS\. The certificate is signed by “Company Authority”\. /,
    );
  });

  it("tell a certificate that is not valid yet from one that has expired", async () => {
    const code = "network/certificate-expired";
    const dated = async (validFrom: string) => {
      const certificate = {
        subject: "",
        issuer: "",
        validFrom,
        validTo: "",
        names: "",
        namesIssuerAddress: false,
      };
      return found(code, "linux", {
        ways: [{ clients: ["codex"], code, seen: { certificate }, trustVariables: [] }],
      });
    };
    assert.match((await dated("2999-01-01T00:00:00.000Z")).message, /not valid yet: this machine's clock/);
    assert.match((await dated("2001-01-01T00:00:00.000Z")).message, /^It has expired/);
  });
});
