import type * as vscode from "vscode";
import type { FileSystem } from "../../changes/disk/userFile";
import type { ClientId } from "../../clients/clientId";
import type { Depth, KeptLook, Look, LookSources } from "./look";

/** The shallow ones first: a deeper one knows more, and serves as well. */
const DEPTHS: readonly Depth[] = ["files", "versions", "asked"];

/**
 * What is known of this machine. Status bar, panel, marks in files and commands read it here, so that they cannot
 * disagree: a look is taken once and holds until something that it saw has changed. Loads parsers and rules when it is
 * first asked; keeps keys, as every snapshot does.
 */
export class Diagnosis {
  private kept = new Map<Depth, KeptLook>();
  /** Two readers at a time would take the same look twice. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly listeners = new Set<(look: Look) => unknown>();

  /** @param onDidChange fires when a look may find something else than before */
  constructor(
    private readonly sources: () => LookSources,
    readonly onDidChange: vscode.Event<void>,
  ) {}

  /** Called with each look that was taken, whoever wanted it: nobody goes on showing what another reader knows better. */
  onDidLook(listener: (look: Look) => unknown): { dispose(): unknown } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** The look of this depth that still holds, or a new one. */
  look(depth: Depth): Promise<Look> {
    const looking = this.last.then(() => this.current(depth));
    this.last = looking.catch(() => undefined);
    return looking;
  }

  /** Whether programs and Git have had their say in a look, which may well be more than was wanted. */
  knowsAll(look: Look): boolean {
    return this.kept.get("asked")?.look === look;
  }

  /**
   * A new look, because the user asked for it.
   * @param clients those that are asked whether they start; none of them in a folder that nobody trusts
   * @param sources a command's own, which remember what it has read
   */
  async ask(clients: readonly ClientId[] = [], sources = this.sources()): Promise<Look> {
    const { takeLook } = await import("./look");
    const kept = await takeLook(sources, "asked", clients);
    // What a client says of itself holds for every look; one that is under way does not know it yet.
    this.kept = new Map([["asked", kept]]);
    this.tell(kept.look);
    // Panel and marks have looked meanwhile, and only who looks again gets this one.
    sources.watch.lookAgain();
    return kept.look;
  }

  /**
   * The same machine with other texts in some files, as somebody is typing them. Programs and Git are not asked again.
   * @param texts absolute path → text
   */
  async typed(known: Look, texts: ReadonlyMap<string, string>): Promise<Look> {
    if (texts.size === 0) return known;
    const { lookAtTexts } = await import("./look");
    return lookAtTexts(this.sources(), known.snapshot, texts);
  }

  /** The same machine with the files as a change would leave them. Programs and Git are not asked again. */
  async planned(known: Look, fs: FileSystem): Promise<Look> {
    const { lookAtFiles } = await import("./look");
    return lookAtFiles(this.sources(), known.snapshot, fs);
  }

  private async current(depth: Depth): Promise<Look> {
    const { isCurrent, takeLook } = await import("./look");
    const sources = this.sources();
    const { kept } = this;
    for (const each of DEPTHS.slice(DEPTHS.indexOf(depth))) {
      const known = kept.get(each);
      if (!known) continue;
      if (await isCurrent(sources, known)) return known.look;
      kept.delete(each);
    }
    const taken = await takeLook(sources, depth);
    // A shallower one knows less, and would serve again as long as nothing changes.
    for (const each of DEPTHS.slice(0, DEPTHS.indexOf(depth))) kept.delete(each);
    kept.set(depth, taken);
    // Overtaken by what the user asked for: nobody looks at it again.
    if (kept === this.kept) this.tell(taken.look);
    return taken.look;
  }

  private tell(look: Look): void {
    for (const listener of this.listeners) listener(look);
  }
}
