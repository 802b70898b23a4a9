import assert from "node:assert/strict";

/** The module's own types are those of a browser, which other tests have not. */
interface Focus {
  readonly keepingFocus: (change: () => void) => void;
}

const MODULE = "../../../../src/panel/page/focus.ts";

/** An element, as far as it is asked. */
class Part {
  isConnected = true;
  isFocused = false;
  constructor(
    readonly parentElement: Part | null,
    readonly stop?: Part,
  ) {}
  querySelector(): Part | null {
    return this.stop ?? null;
  }
  focus(): void {
    this.isFocused = true;
  }
}

describe("the focus of the panel's page", () => {
  const [outerStop, innerStop] = [new Part(null), new Part(null)];
  let body: Part;
  let page: { body: Part; activeElement: Part | null; hasFocus: () => boolean };
  let [outer, middle, inner, button]: Part[] = [];
  beforeEach(() => {
    body = new Part(new Part(null), new Part(null));
    outer = new Part(body, outerStop);
    middle = new Part(outer);
    inner = new Part(middle, innerStop);
    button = new Part(inner);
    page = { body, activeElement: button, hasFocus: () => true };
    for (const stop of [outerStop, innerStop]) stop.isFocused = false;
    Object.assign(globalThis, { document: page });
  });
  afterEach(() => Reflect.deleteProperty(globalThis, "document"));

  /** @param gone what the change takes away */
  async function afterwards(...gone: readonly (Part | undefined)[]): Promise<string> {
    const { keepingFocus } = (await import(MODULE)) as Focus;
    let changes = 0;
    keepingFocus(() => {
      changes++;
      for (const part of gone) if (part) part.isConnected = false;
    });
    assert.equal(changes, 1);
    assert.equal(body.stop?.isFocused, false, "who acts at the end of a page starts from the top");
    return [innerStop.isFocused ? "inner" : "", outerStop.isFocused ? "outer" : ""].join("");
  }

  it("stays where it is while that is there", async () => assert.equal(await afterwards(), ""));
  it("goes to the next thing to act on around it when that goes", async () =>
    assert.equal(await afterwards(button), "inner"));
  it("goes further out where that has nothing to act on, or went too", async () => {
    assert.equal(await afterwards(button, inner), "outer");
  });
  it("goes nowhere where nothing around it is left", async () =>
    assert.equal(await afterwards(button, inner, middle, outer), ""));

  it("is not taken from who types elsewhere in VS Code", async () => {
    page.hasFocus = () => false;
    assert.equal(await afterwards(button), "");
  });

  it("is not given where nothing had it", async () => {
    page.activeElement = null;
    assert.equal(await afterwards(button), "");
  });
});
