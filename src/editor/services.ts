import type * as vscode from "vscode";
import type { ChangeStore } from "../changes/changeStore";
import type { ClientEnvironment } from "../clients/client";
import type { ApiKeyStore } from "./apiKeyStore";
import type { EndpointHealth } from "./endpointHealth";
import type { ChangePreview } from "./preview";

/** What commands work with; built once by extension.ts. */
export interface Services {
  readonly apiKeys: ApiKeyStore;
  readonly health: EndpointHealth;
  readonly preview: ChangePreview;
  readonly changes: ChangeStore;
  readonly log: vscode.LogOutputChannel;
  /** Made anew for every use, because variables and settings change. */
  readonly environment: () => ClientEnvironment;
}
