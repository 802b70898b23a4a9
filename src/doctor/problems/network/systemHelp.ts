import * as l10n from "@vscode/l10n";
import type { ClientEnvironment } from "../../../clients/client";

/** Of the machine what decides how a person does something there. */
type System = Pick<ClientEnvironment, "platform" | "variables">;

/** What helps against a fault of the network on this system; undefined where it is the same on all. */
export function systemHelp(code: string, system: System): string | undefined {
  const { platform } = system;
  switch (code) {
    case "network/untrusted-certificate":
      return trustHelp(platform);
    case "network/certificate-expired":
      return l10n.t(
        "Check date and time of this machine (“{0}”). If they are right, use the other endpoint.",
        clockCommand(platform),
      );
    case "network/proxy-auth":
    case "network/proxy-value":
      return l10n.t(
        "{0} Write special characters of the password percent-encoded.",
        setVariableHelp(system, "HTTPS_PROXY", "http://user:password@host:port"),
      );
    case "network/proxy-unreachable":
      return l10n.t(
        "Start the proxy program or the VPN, or correct the address. {0}",
        setVariableHelp(system, "HTTPS_PROXY", "http://host:port"),
      );
    case "network/dns-blocked":
      return l10n.t(
        "Allow the endpoint's name in the ad blocker or DNS filter, remove it from {0}, or use the other endpoint.",
        hostsFile(platform),
      );
    default:
      return undefined;
  }
}

/** Where a company's root certificate belongs so that both clients and VS Code trust it: first the system, then variables. */
function trustHelp(platform: NodeJS.Platform): string {
  const otherwise = l10n.t(
    "Else set CODEX_CA_CERTIFICATE (Codex) and NODE_EXTRA_CA_CERTS (OpenCode) to its file. Then restart VS Code. Never turn the check off.",
  );
  return `${systemStoreHelp(platform)} ${otherwise}`;
}

function systemStoreHelp(platform: NodeJS.Platform): string {
  switch (platform) {
    case "win32":
      return l10n.t(
        "Import the company's root certificate into “Trusted Root Certification Authorities” (certmgr.msc).",
      );
    case "darwin":
      return l10n.t(
        "Add the company's root certificate to the System keychain in Keychain Access and choose Always Trust.",
      );
    default:
      return l10n.t(
        'Copy the company\'s root certificate as .crt to /usr/local/share/ca-certificates and run "sudo update-ca-certificates" (Fedora: /etc/pki/ca-trust/source/anchors, "sudo update-ca-trust").',
      );
  }
}

/** How a variable is set so that programs started later see it, VS Code among them. */
function setVariableHelp(system: System, name: string, value: string): string {
  return system.platform === "win32"
    ? // To cmd, and so to setx, "&" and "%" of a password would mean something.
      l10n.t(
        'Run "{0}" in PowerShell, then restart VS Code and your terminals.',
        `[Environment]::SetEnvironmentVariable('${name}', '${value}', 'User')`,
      )
    : l10n.t('Put "{0}" into {1}, then restart VS Code.', ...lineSetting(system, name, value));
}

/** How a variable goes, in this session and for good. */
export function unsetVariableHelp(system: System, name: string): string {
  return system.platform === "win32"
    ? l10n.t(
        'Run "{0}" in PowerShell, and "{1}" where one is open. Then restart VS Code and your terminals.',
        `[Environment]::SetEnvironmentVariable('${name}', $null, 'User')`,
        `Remove-Item Env:${name}`,
      )
    : l10n.t(
        'Remove {0} from {1} or wherever it is set, and run "{2}" in open terminals. Then restart VS Code.',
        name,
        startFile(system),
        shellOf(system) === "fish" ? `set -e ${name}` : `unset ${name}`,
      );
}

/** The line that sets a variable, and the file that it belongs in. */
function lineSetting(system: System, name: string, value: string): [line: string, file: string] {
  const line = shellOf(system) === "fish" ? `set -gx ${name} '${value}'` : `export ${name}='${value}'`;
  return [line, startFile(system)];
}

function shellOf({ variables }: System): string | undefined {
  return variables.SHELL?.split("/").at(-1);
}

/** What the person's shell reads when somebody signs in, so that programs with a window see it too. */
function startFile(system: System): string {
  const shell = shellOf(system);
  if (shell === "fish") return "~/.config/fish/config.fish";
  if (shell === "zsh") return "~/.zprofile";
  return shell === undefined && system.platform === "darwin" ? "~/.zprofile" : "~/.profile";
}

/** The file with which a name is led to another address. */
function hostsFile(platform: NodeJS.Platform): string {
  return platform === "win32" ? "C:\\Windows\\System32\\drivers\\etc\\hosts" : "/etc/hosts";
}

function clockCommand(platform: NodeJS.Platform): string {
  if (platform === "win32") return "w32tm /resync";
  return platform === "darwin" ? "sudo sntp -sS time.apple.com" : "timedatectl";
}
