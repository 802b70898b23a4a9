import type * as vscode from "vscode";
import type { ChangeStore } from "../changes/store";
import type { ClientEnvironment } from "../clients/client";
import type { ApiKeyStore } from "./keys/keyStore";
import type { Diagnosis } from "./diagnosis/diagnosis";
import type { EndpointHealth } from "./status/endpointHealth";
import type { Status } from "./status/status";
import type { MachineWatch } from "./machine/machineWatch";
import type { ChangePreview } from "./preview/preview";
import type { SecretGuard } from "./guard/secretGuard";

/** What commands work with; built once by extension.ts. */
export interface Services {
  readonly apiKeys: ApiKeyStore;
  readonly health: EndpointHealth;
  readonly preview: ChangePreview;
  readonly changes: ChangeStore;
  readonly log: vscode.LogOutputChannel;
  readonly secretGuard: SecretGuard;
  readonly watch: MachineWatch;
  readonly diagnosis: Diagnosis;
  readonly status: Status;
  /** Opens the troubleshooting panel, or brings it to the front. */
  readonly troubleshoot: () => void;
  /** Made anew for every use, because variables and settings change. */
  readonly environment: () => ClientEnvironment;
  /** What the user agreed to on this machine. */
  readonly memory: vscode.Memento;
}
