import * as os from "node:os";
import * as vscode from "vscode";

/** What Docker calls a container that nobody named. */
const CONTAINER_ID = /^[0-9a-f]{12,64}$/;

/** How people call the remote machine this window is on; undefined where it is none, or goes by no name. */
export function hostName(): string | undefined {
  switch (vscode.env.remoteName) {
    case "ssh-remote":
      return os.hostname();
    case "wsl":
      return process.env.WSL_DISTRO_NAME ?? "WSL";
    case "dev-container":
    case "attached-container":
      return CONTAINER_ID.test(os.hostname()) ? vscode.l10n.t("This Container") : os.hostname();
    default:
      return undefined;
  }
}
