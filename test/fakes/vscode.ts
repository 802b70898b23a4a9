/* eslint @typescript-eslint/no-unsafe-class-instance-assignment: off -- a fake stands in for instances of VS Code's classes */
/**
 * A small `vscode` for unit tests of branching in `src/editor`: it records what is shown and run, and answers as the
 * test says. What VS Code itself makes of it is for the tests in the real editor. Everything is typed by
 * @types/vscode; what is not here is undefined, and a test that needs it fails.
 *
 * A test imports this file first and what it tests by `await import()`: then only is `vscode` there, and for files
 * of `src/editor` alone.
 */
import assert from "node:assert/strict";
import * as fs from "node:fs";
import { register } from "node:module";
import * as path from "node:path";
import type * as vscode from "vscode";
import { ROOT } from "../harness/paths";

const HOOK = `export const resolve = (name, context, next) =>
  name === "vscode" && context.parentURL?.includes("/src/editor/")
    ? next(${JSON.stringify(import.meta.url)}, context)
    : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(HOOK)}`);

interface Message {
  readonly kind: "information" | "warning" | "error";
  readonly text: string;
  readonly detail?: string;
  /** Nothing else can be done until it is answered. */
  readonly modal?: true;
  readonly buttons: readonly string[];
}

interface Properties {
  readonly [id: string]: { readonly default?: unknown };
}
const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
  contributes: { configuration: { properties: Properties } | { properties: Properties }[] };
};
const PROPERTIES: Properties = Object.assign(
  {},
  ...[manifest.contributes.configuration].flat().map(({ properties }) => properties),
) as Properties;

/** The person in front of the editor; `user.reset()` before each test. */
class User {
  messages: Message[] = [];
  /** What told that something is going on. */
  progress: { readonly title: string; isOver: boolean }[] = [];
  /** Commands that are not ours, with their arguments. */
  ran: unknown[][] = [];
  /** Addresses, and files with line and column, 0-based. */
  opened: string[] = [];
  clipboard = "";
  /** Watchers that are alive, by folder and pattern. */
  watched = new Map<string, EventEmitter<vscode.Uri>>();
  settings = new Map<string, unknown>();
  /** Ids of the extensions that are installed. */
  extensions = new Set<string>();
  statusBar: vscode.StatusBarItem | undefined;
  /** Terminals that were opened, as they were asked for. */
  terminals: vscode.TerminalOptions[] = [];
  terminalLinks: vscode.TerminalLinkProvider | undefined;
  /** What stands in documents that are no files. */
  texts: vscode.TextDocumentContentProvider | undefined;
  lists: (readonly vscode.QuickPickItem[])[] = [];
  /** How each of them was asked for. */
  listOptions: vscode.QuickPickOptions[] = [];
  /** The page that was opened last. */
  page: Page | undefined;
  inputBox: InputBox | undefined;
  picker: Picker | undefined;
  /** What is open in editors. */
  documents: readonly Pick<vscode.TextDocument, "uri" | "isDirty" | "save">[] = [];
  /** The file in the editor in front. */
  shown: vscode.Uri | undefined;
  /** Absolute paths. */
  folders: readonly string[] = [];
  /** What is marked in files, by their paths. */
  marks = new Map<string, readonly vscode.Diagnostic[]>();
  languageStatus: vscode.LanguageStatusItem | undefined;
  /** What is selected in the editor in front; undefined: there is none. */
  selection: string | undefined;
  /** What is typed where a text is asked for; undefined: the box is left. */
  type: () => string | undefined = () => undefined;
  /** The button that is pressed; undefined: the message is dismissed. */
  press: (message: Message) => string | undefined = () => undefined;
  /** The answer in the title of a preview; undefined: it stays open. */
  answerPreview: (title: string) => "apply" | "cancel" | "change" | undefined = () => undefined;
  /** The item that is chosen; undefined: the list is left. */
  choose: (items: readonly vscode.QuickPickItem[]) => unknown = () => undefined;

  reset(): void {
    Object.assign(this, new User());
    handlers.clear();
    listeners.clear();
  }

  /** Something happened: everybody who listens is told. */
  tell(event: Happening, value?: unknown): void {
    for (const listener of listeners.get(event) ?? []) listener(value);
  }
}

type Happening = "open" | "change" | "save" | "close" | "activate" | "folders" | "configuration";
const listeners = new Map<Happening, Set<(value: unknown) => unknown>>();
const on = (event: Happening) => (listener: (value: never) => unknown) => {
  const all = listeners.get(event) ?? new Set();
  listeners.set(event, all.add(listener as (value: unknown) => unknown));
  return { dispose: () => all.delete(listener as (value: unknown) => unknown) };
};

type Handler = (...args: unknown[]) => unknown;
const handlers = new Map<string, Handler>();
export const user = new User();

class InputBox {
  value = "";
  title: string | undefined;
  prompt: string | undefined;
  placeholder: string | undefined;
  password = false;
  busy = false;
  enabled = true;
  ignoreFocusOut = false;
  buttons: readonly vscode.QuickInputButton[] = [];
  validationMessage: string | vscode.InputBoxValidationMessage | undefined;
  private readonly listeners = new Map<string, (event: unknown) => unknown>();
  readonly onDidAccept = this.on("accept");
  readonly onDidHide = this.on("hide");
  readonly onDidChangeValue = this.on("value");
  readonly onDidTriggerButton = this.on("button");
  show(): void {
    return;
  }
  dispose(): void {
    return;
  }
  hide(): void {
    void this.listeners.get("hide")?.(undefined);
  }
  /** @returns when what was typed has been judged */
  async enter(text: string): Promise<void> {
    await this.type(text);
    await this.listeners.get("accept")?.(undefined);
  }
  async type(text: string): Promise<void> {
    this.value = text;
    await this.listeners.get("value")?.(text);
  }
  async pressButton(button: vscode.QuickInputButton | undefined): Promise<void> {
    await this.listeners.get("button")?.(button);
  }
  private on(name: string) {
    return (listener: (event: never) => unknown) => {
      this.listeners.set(name, listener as (event: unknown) => unknown);
      return DISPOSABLE;
    };
  }
}

/** A list that stays open while its items change. */
class Picker {
  items: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  private readonly listeners = new Map<string, (event: unknown) => unknown>();
  onDidAccept = (listener: () => unknown) => this.listeners.set("accept", listener);
  onDidHide = (listener: () => unknown) => this.listeners.set("hide", listener);
  onDidTriggerItemButton = (listener: (event: never) => unknown) =>
    this.listeners.set("itemButton", listener as (event: unknown) => unknown);
  show(): void {
    return;
  }
  dispose(): void {
    return;
  }
  hide(): void {
    this.listeners.get("hide")?.(undefined);
  }
  accept(label: string): void {
    this.selectedItems = this.items.filter((item) => item.label === label);
    this.listeners.get("accept")?.(undefined);
  }
  pressItemButton(label: string, tooltip: string): void {
    const item = this.items.find((each) => each.label === label);
    const button = item?.buttons?.find((each) => each.tooltip === tooltip);
    if (!button) throw new Error(`${label} has no button ${tooltip}`);
    this.listeners.get("itemButton")?.({ item, button });
  }
}

/** A web page in a tab: what it was told, and what it says. */
class Page {
  readonly told: unknown[] = [];
  readonly visible = true;
  private readonly received = new EventEmitter<unknown>();
  readonly webview = {
    html: "",
    cspSource: "page:",
    asWebviewUri: (uri: vscode.Uri) => uri,
    onDidReceiveMessage: this.received.event,
    postMessage: (message: unknown) => Promise.resolve(this.told.push(message) > 0),
  };
  onDidDispose = nothing;
  reveal = nothing;
  dispose = nothing;
  say(message: unknown): void {
    this.received.fire(message);
  }
}

const DISPOSABLE: vscode.Disposable = { dispose: () => undefined };
const nothing = () => DISPOSABLE;

const message = (kind: Message["kind"]) =>
  ((text: string, ...rest: unknown[]) => {
    const isItem = (each: unknown): each is vscode.MessageItem =>
      Object.hasOwn(Object(each) as object, "title");
    const options = rest.find((each) => typeof each === "object" && !isItem(each)) as
      vscode.MessageOptions | undefined;
    const labelOf = (each: unknown) => (isItem(each) ? each.title : each);
    const buttons = rest.map(labelOf).filter((each) => typeof each === "string");
    const { detail, modal } = options ?? {};
    const shown = {
      kind,
      text,
      buttons,
      ...(detail !== undefined && { detail }),
      ...(modal && { modal: true as const }),
    };
    if (!modal) assertShort(shown);
    user.messages.push(shown);
    const pressed = user.press(shown);
    return Promise.resolve(rest.find((each) => labelOf(each) === pressed) ?? pressed);
  }) as typeof vscode.window.showInformationMessage;

/** What a notification may be; the rest belongs in preview, hover or panel. Paths are as long as they are. */
function assertShort({ text, buttons }: Message): void {
  const words = text.replace(/(?:[A-Z]:)?(?:[\\/][^\s\\/,:"“”]+){2,}/g, "…");
  assert.ok(words.length > 0 && words.length <= 200, `too short or long for a notification: ${text}`);
  assert.ok(buttons.length <= 2, `too many buttons: ${text} [${buttons.join("] [")}]`);
  assert.doesNotMatch(words, CODE, "a code in a message");
}
const CODE = /\b(?:key|account|network|endpoint|gateway|codex|opencode|client|secrets|change)\/[a-z]+-[a-z]/;

export const window = {
  showInformationMessage: message("information"),
  showWarningMessage: message("warning"),
  showErrorMessage: message("error"),
  withProgress: ((options, task) => {
    const shown = { title: options.title ?? "", isOver: false };
    user.progress.push(shown);
    const running = task({ report: () => undefined }, new CancellationTokenSource().token);
    return Promise.resolve(running).finally(() => (shown.isOver = true));
  }) as typeof vscode.window.withProgress,
  showQuickPick: (async (
    given: readonly vscode.QuickPickItem[] | Thenable<readonly vscode.QuickPickItem[]>,
    options: vscode.QuickPickOptions,
    token?: vscode.CancellationToken,
  ) => {
    const items = await given;
    if (token?.isCancellationRequested) return undefined;
    user.lists.push(items);
    user.listOptions.push(options);
    return user.choose(items);
  }) as unknown as typeof vscode.window.showQuickPick,
  get activeTextEditor() {
    const document = { uri: user.shown, getText: () => user.selection };
    return user.selection === undefined && user.shown === undefined
      ? undefined
      : ({ document, selection: undefined } as unknown as vscode.TextEditor);
  },
  onDidChangeActiveTextEditor: on("activate"),
  showInputBox: () => Promise.resolve(user.type()),
  createQuickPick: (() => (user.picker = new Picker())) as unknown as typeof vscode.window.createQuickPick,
  createInputBox: () => (user.inputBox = new InputBox()) as unknown as vscode.InputBox,
  createStatusBarItem: (() => {
    const item = { show: () => undefined, hide: () => undefined, dispose: () => undefined };
    return (user.statusBar = item as unknown as vscode.StatusBarItem);
  }) as typeof vscode.window.createStatusBarItem,
  showTextDocument: ((uri: vscode.Uri, { selection }: vscode.TextDocumentShowOptions) => {
    user.opened.push(`${uri.fsPath}:${selection?.start.line}:${selection?.start.character}`);
    return Promise.resolve();
  }) as unknown as typeof vscode.window.showTextDocument,
  createTerminal: ((options: vscode.TerminalOptions) => {
    user.terminals.push(options);
    return { show: () => undefined } as unknown as vscode.Terminal;
  }) as typeof vscode.window.createTerminal,
  onDidCloseTerminal: nothing,
  registerWebviewPanelSerializer: nothing,
  createWebviewPanel: (() => (user.page = new Page())) as unknown as typeof vscode.window.createWebviewPanel,
  state: { focused: true, active: true } as { focused: boolean; active: boolean },
  onDidChangeWindowState: nothing,
  registerTerminalLinkProvider: (provider) => {
    user.terminalLinks = provider;
    return nothing();
  },
  tabGroups: {
    all: [],
    onDidChangeTabs: nothing,
    close: () => Promise.resolve(true),
  } as unknown as vscode.TabGroups,
} satisfies Partial<typeof vscode.window>;

const configuration: Pick<vscode.WorkspaceConfiguration, "get" | "inspect" | "update"> = {
  get: (id: string) => user.settings.get(id) ?? PROPERTIES[id]?.default,
  inspect: <T>(id: string) => {
    const defaultValue = PROPERTIES[id]?.default as T;
    return {
      key: id,
      defaultValue,
      ...(user.settings.has(id) && { globalValue: user.settings.get(id) as T }),
    };
  },
  update: (id: string, value: unknown) => {
    user.settings.set(id, value);
    return Promise.resolve();
  },
};

export const workspace = {
  isTrusted: true as boolean,
  get workspaceFolders() {
    return user.folders.map((folder, index) => {
      const uri = { scheme: "file", fsPath: folder } as vscode.Uri;
      return { uri, name: path.basename(folder), index };
    });
  },
  get textDocuments() {
    return user.documents as readonly vscode.TextDocument[];
  },
  getConfiguration: () => configuration as vscode.WorkspaceConfiguration,
  registerTextDocumentContentProvider: (_scheme: string, provider: vscode.TextDocumentContentProvider) => {
    user.texts = provider;
    return DISPOSABLE;
  },
  onDidChangeConfiguration: on("configuration"),
  onDidChangeWorkspaceFolders: on("folders"),
  onDidOpenTextDocument: on("open"),
  onDidChangeTextDocument: on("change"),
  onDidSaveTextDocument: on("save"),
  onDidCloseTextDocument: on("close"),
  onDidGrantWorkspaceTrust: nothing,
  createFileSystemWatcher: (pattern: vscode.GlobPattern) => {
    const watched = typeof pattern === "string" ? pattern : `${pattern.baseUri.fsPath}|${pattern.pattern}`;
    const changed = new EventEmitter<vscode.Uri>();
    user.watched.set(watched, changed);
    return {
      onDidChange: changed.event,
      onDidCreate: nothing,
      onDidDelete: nothing,
      dispose: () => user.watched.delete(watched),
    } as unknown as vscode.FileSystemWatcher;
  },
} satisfies Partial<typeof vscode.workspace>;

export const languages = {
  createDiagnosticCollection: () => {
    const { marks } = user;
    return {
      set: ({ fsPath }: vscode.Uri, found: readonly vscode.Diagnostic[]) => marks.set(fsPath, found),
      clear: () => marks.clear(),
      dispose: () => marks.clear(),
    } as unknown as vscode.DiagnosticCollection;
  },
  createLanguageStatusItem: () =>
    (user.languageStatus = { dispose: () => undefined } as unknown as vscode.LanguageStatusItem),
  registerCodeActionsProvider: nothing,
  registerHoverProvider: nothing,
} satisfies Partial<typeof vscode.languages>;

export const env = {
  language: "en",
  remoteName: undefined as string | undefined,
  clipboard: {
    readText: () => Promise.resolve(user.clipboard),
    writeText: (text) => {
      user.clipboard = text;
      return Promise.resolve();
    },
  },
  openExternal: (uri) => {
    user.opened.push(uri.toString());
    return Promise.resolve(true);
  },
} satisfies Partial<typeof vscode.env>;

export const commands = {
  registerCommand: (id, handler: Handler) => {
    handlers.set(id, handler);
    return nothing();
  },
  executeCommand: async <T>(id: string, ...args: unknown[]) => {
    const handler = handlers.get(id);
    if (!handler) user.ran.push([id, ...args]);
    if (id === "vscode.changes") {
      const answer = user.answerPreview(String(args[0]));
      if (answer) setImmediate(() => handlers.get(`tokenpool.${answer}Preview`)?.());
    }
    return (await handler?.(...args)) as T;
  },
} satisfies Partial<typeof vscode.commands>;

export const extensions = {
  getExtension: <T>(id: string) => (user.extensions.has(id) ? ({ id } as vscode.Extension<T>) : undefined),
} satisfies Partial<typeof vscode.extensions>;

const TEXTS = JSON.parse(fs.readFileSync(path.join(ROOT, "l10n/bundle.l10n.json"), "utf8")) as object;

export const l10n = {
  bundle: undefined,
  uri: undefined,
  /** Only what translators know, with all that stands for something in it. */
  t: ((text: string, ...args: (string | number)[]) => {
    assert.ok(Object.hasOwn(TEXTS, text), `not in l10n/bundle.l10n.json: ${text}`);
    return text.replace(/\{(\d+)\}/g, (_, at: string) => {
      assert.ok(args[Number(at)] !== undefined, `nothing for {${at}}: ${text}`);
      return String(args[Number(at)]);
    });
  }) as typeof vscode.l10n.t,
} satisfies typeof vscode.l10n;

function fileUri(file: string): vscode.Uri {
  return { fsPath: file, toString: () => `file://${file}` } as unknown as vscode.Uri;
}

export const Uri = {
  parse: (text: string) => ({ toString: () => text }) as unknown as vscode.Uri,
  file: fileUri,
  joinPath: (uri, ...parts) => fileUri(path.join(uri.fsPath, ...parts)),
  from: ({ scheme, path: file, query }) =>
    ({ scheme, path: file, query, toString: () => `${scheme}:${file}?${query}` }) as unknown as vscode.Uri,
} satisfies Partial<typeof vscode.Uri>;

export class EventEmitter<T> implements vscode.EventEmitter<T> {
  private readonly listeners = new Set<(event: T) => unknown>();
  event = (listener: (event: T) => unknown) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of this.listeners) listener(event);
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export const Disposable = {
  from: (...all: readonly { dispose(): unknown }[]) => ({
    dispose: () => all.forEach((each) => void each.dispose()),
  }),
};

export class RelativePattern {
  readonly base: string;
  constructor(
    readonly baseUri: vscode.Uri,
    readonly pattern: string,
  ) {
    this.base = baseUri.fsPath;
  }
}

export class ThemeIcon implements Pick<vscode.ThemeIcon, "id"> {
  constructor(readonly id: string) {}
}

export class ThemeColor implements Pick<vscode.ThemeColor, "id"> {
  constructor(readonly id: string) {}
}

export class MarkdownString implements Pick<vscode.MarkdownString, "value" | "isTrusted"> {
  value = "";
  isTrusted?: NonNullable<vscode.MarkdownString["isTrusted"]>;
  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export class Position implements Pick<vscode.Position, "line" | "character"> {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(line: number, character: number, endLine: number, endCharacter: number);
  constructor(start: Position, end: Position);
  constructor(...[from, to, endLine, endCharacter]: readonly (number | Position)[]) {
    const place = (line: unknown, character: unknown) =>
      line instanceof Position ? line : new Position(Number(line), Number(character));
    this.start = place(from, to);
    this.end = to instanceof Position ? to : place(endLine, endCharacter);
  }
}

export class CancellationTokenSource {
  readonly token = { isCancellationRequested: false, onCancellationRequested: nothing };
  cancel(): void {
    this.token.isCancellationRequested = true;
  }
  dispose(): void {
    return;
  }
}

export class Diagnostic {
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export const CodeActionKind = { QuickFix: "quickfix" };

export class TabInputWebview {
  constructor(readonly viewType: string) {}
}

export class TerminalLink implements vscode.TerminalLink {
  constructor(
    public startIndex: number,
    public length: number,
    public tooltip: string,
  ) {}
}

// The compiler compares the numbers with those of VS Code.
export const InputBoxValidationSeverity = { Info: 1, Warning: 2, Error: 3 } satisfies Record<
  keyof typeof vscode.InputBoxValidationSeverity,
  number
>;
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 } satisfies Record<
  keyof typeof vscode.DiagnosticSeverity,
  number
>;
export const LanguageStatusSeverity = { Information: 0, Warning: 1, Error: 2 } satisfies Record<
  keyof typeof vscode.LanguageStatusSeverity,
  number
>;
export const StatusBarAlignment = { Left: 1, Right: 2 } satisfies Record<
  keyof typeof vscode.StatusBarAlignment,
  number
>;
export const QuickPickItemKind = { Separator: -1, Default: 0 } satisfies Record<
  keyof typeof vscode.QuickPickItemKind,
  number
>;
export const ViewColumn = { Active: -1 };
export const UIKind = { Desktop: 1, Web: 2 } satisfies Record<keyof typeof vscode.UIKind, number>;
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 } satisfies Record<
  keyof typeof vscode.ProgressLocation,
  number
>;
export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 } satisfies Record<
  keyof typeof vscode.ConfigurationTarget,
  number
>;
