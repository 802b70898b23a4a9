/** Every id that VS Code, its users or other programs meet. Fixed by the public contract. */

export const Command = {
  setUp: "tokenpool.setUp",
  setApiKey: "tokenpool.setApiKey",
  selectApiKey: "tokenpool.selectApiKey",
  removeApiKey: "tokenpool.removeApiKey",
  configureCodex: "tokenpool.configureCodex",
  configureOpenCode: "tokenpool.configureOpenCode",
  addToCcSwitch: "tokenpool.addToCcSwitch",
  openCodex: "tokenpool.openCodex",
  openOpenCode: "tokenpool.openOpenCode",
  selectEndpoint: "tokenpool.selectEndpoint",
  selectModel: "tokenpool.selectModel",
  troubleshoot: "tokenpool.troubleshoot",
  diagnose: "tokenpool.diagnose",
  applyFix: "tokenpool.applyFix",
  fixAll: "tokenpool.fixAll",
  copyReport: "tokenpool.copyReport",
  explainError: "tokenpool.explainError",
  sendTestRequest: "tokenpool.sendTestRequest",
  checkHealth: "tokenpool.checkHealth",
  removeConfiguration: "tokenpool.removeConfiguration",
  restoreConfiguration: "tokenpool.restoreConfiguration",
  getStarted: "tokenpool.getStarted",
  openConsole: "tokenpool.openConsole",
  showLog: "tokenpool.showLog",
  /** Not in the palette: what a click on the status bar item does. */
  showActions: "tokenpool.showActions",
  /** The buttons in the title of the preview; in the palette only while one is open. */
  applyPreview: "tokenpool.applyPreview",
  cancelPreview: "tokenpool.cancelPreview",
  changePreview: "tokenpool.changePreview",
  /** Not in the palette: a new key in place of a leaked or old one, everywhere. */
  replaceApiKey: "tokenpool.replaceApiKey",
  /** Not in the palette: takes the files with the key out of Git's index. */
  unstageKey: "tokenpool.unstageKey",
} as const;
export type Command = (typeof Command)[keyof typeof Command];

export const Setting = {
  baseUrl: "tokenpool.baseUrl",
  model: "tokenpool.model",
  reviewModel: "tokenpool.reviewModel",
  healthCheckEnabled: "tokenpool.healthCheck.enabled",
  healthCheckInterval: "tokenpool.healthCheck.intervalMinutes",
  statusBarVisible: "tokenpool.statusBar.visible",
  diagnosticsEnabled: "tokenpool.diagnostics.enabled",
  secretGuardEnabled: "tokenpool.secretGuard.enabled",
  codexHome: "tokenpool.codex.home",
  opencodeConfigDirectory: "tokenpool.opencode.configDirectory",
} as const;

export const ContextKey = {
  hasApiKey: "tokenpool.hasApiKey",
  /** A client will use TokenPool as it is configured. */
  clientWorks: "tokenpool.clientWorks",
  /** The model has answered a test request. */
  testAnswered: "tokenpool.testAnswered",
  previewOpen: "tokenpool.previewOpen",
  previewChangeable: "tokenpool.previewChangeable",
} as const;

/** Publisher and name. */
export const EXTENSION_ID = "tokenpool.tokenpool";
export const WALKTHROUGH = "getStarted";
export const STATUS_BAR_ITEM = "tokenpool.status";
export const PANEL_VIEW_TYPE = "tokenpool.troubleshooting";
export const PREVIEW_SCHEME = "tokenpool-preview";
export const LOG_CHANNEL = "TokenPool";
export const DIAGNOSTIC_SOURCE = "TokenPool";
export const SECRET_NAME = "tokenpool.apiKey";
/** In global state: what several keys are called, and their order. */
export const KEY_NAMES = "tokenpool.keyNames";
/** In global state: a key is stored, unless VS Code has lost it since. */
export const KEY_MARK = "tokenpool.hasKey";
