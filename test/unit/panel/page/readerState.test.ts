import assert from "node:assert/strict";

/** The module's own types are those of a browser, which other tests have not. */
interface ReaderState {
  readonly wasOpen: (key: string) => boolean | undefined;
  readonly isShownFirst: (page: string) => boolean;
  readonly restoreScroll: () => void;
  readonly watchReader: (root: object) => void;
}

const MODULE = "../../../../src/panel/page/readerState.ts";

class Details {
  constructor(
    readonly open: boolean,
    readonly dataset: Readonly<Record<string, string>> = {},
  ) {}
}

describe("what the reader did to the panel's page", () => {
  /** What VS Code keeps of the page. */
  let stored: unknown;
  let scrolledTo: readonly number[] | undefined;
  const heard = new Map<string, (event: object) => void>();
  const target = { addEventListener: (type: string, listener: () => void) => heard.set(type, listener) };
  const page = {
    ...target,
    scrollY: 0,
    scrollTo: (...place: readonly number[]) => (scrolledTo = place),
  };
  const browser = {
    acquireVsCodeApi: () => ({ getState: () => stored, setState: (state: unknown) => (stored = state) }),
    HTMLDetailsElement: Details,
    window: page,
  };
  before(() => Object.assign(globalThis, browser));
  after(() => {
    for (const name of Object.keys(browser)) Reflect.deleteProperty(globalThis, name);
  });

  let pages = 0;
  /** As after each time that the page was hidden. */
  async function open(state: unknown): Promise<ReaderState> {
    [stored, scrolledTo] = [state, undefined];
    return (await import(`${MODULE}?${pages++}`)) as ReaderState;
  }

  it("is there again when the page comes back", async () => {
    const { wasOpen, restoreScroll } = await open({ open: { a: true, b: false }, scrollTop: 42 });
    restoreScroll();
    assert.deepEqual(["a", "b", "c"].map(wasOpen), [true, false, undefined]);
    assert.deepEqual(scrolledTo, [0, 42]);
  });

  for (const other of [
    undefined,
    null,
    7,
    "open",
    {},
    { open: { a: true } },
    { scrollTop: 42 },
    { open: 7, scrollTop: 42 },
    { open: { a: true }, scrollTop: "42" },
  ]) {
    it(`is nothing where another version stored something else: ${JSON.stringify(other)}`, async () => {
      const { wasOpen, restoreScroll } = await open(other);
      restoreScroll();
      assert.deepEqual([wasOpen("a"), scrolledTo], [undefined, [0, 0]]);
    });
  }

  it("is noted from then on, each part beside the others", async () => {
    const { wasOpen, watchReader } = await open({ open: { a: true }, scrollTop: 42 });
    watchReader(target);
    heard.get("toggle")?.({ target: new Details(true, { key: "b" }) });
    assert.deepEqual(stored, { open: { a: true, b: true }, scrollTop: 42, page: "" });
    heard.get("toggle")?.({ target: new Details(false, { key: "a" }) });
    page.scrollY = 7;
    heard.get("scrollend")?.({});
    assert.deepEqual(stored, { open: { a: false, b: true }, scrollTop: 7, page: "" });
    for (const nothing of [new Details(true), { open: true, dataset: { key: "c" } }])
      heard.get("toggle")?.({ target: nothing });
    assert.deepEqual(stored, { open: { a: false, b: true }, scrollTop: 7, page: "" });
    assert.equal(wasOpen("a"), false);
  });

  it("tells a page that was never shown from one that comes back, and keeps all else", async () => {
    const first = await open({ open: { a: true }, scrollTop: 42 });
    assert.equal(first.isShownFirst("one"), true);
    assert.deepEqual(stored, { open: { a: true }, scrollTop: 42, page: "one" });
    assert.equal((await open(stored)).isShownFirst("one"), false);
    assert.equal((await open(stored)).isShownFirst("two"), true);
    assert.deepEqual(stored, { open: { a: true }, scrollTop: 42, page: "two" });
  });
});
