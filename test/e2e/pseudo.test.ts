import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { mayStayEnglish } from "../l10n/names";
import { PSEUDO } from "../l10n/pseudo";
import { ELEVEN_PROBLEM_FILES } from "../unit/doctor/elevenProblems";
import { useSession } from "./support/session";
import { leaveSurface, SURFACES } from "./support/surfaces";
import { Words } from "./support/words";

/** What VS Code says of its own accord, whose texts stay English here, and what was seen in files. */
const NOT_OURS = [
  /\(Press 'Enter' to confirm or 'Escape' to cancel\)/,
  /^\d+ Results$/,
  /\(\d+ files\)$/,
  /^Mark Done$/,
  /^(?:~\/\S+: )?(?:profile|model)$/,
];

describe("in a language of nobody", function () {
  this.timeout(180_000);
  const current = useSession({ locale: PSEUDO, homeFiles: ELEVEN_PROBLEM_FILES });
  const words = new Words(PSEUDO);
  afterEach(() => leaveSurface(current()));

  for (const { name, show } of SURFACES) {
    it(`says nothing in English and has room for longer words: ${name}`, async () => {
      const surface = await show(current(), words);
      await current().workbench.screenshot(`${PSEUDO} ${name}`);
      const found = { english: await englishIn(surface), cut: await cutIn(surface) };
      assert.deepEqual(found, { english: [], cut: [] });
    });
  }
});

/** The lines that hold words outside of the brackets that every translated text has. */
async function englishIn(surface: Locator): Promise<string[]> {
  let rest = (await surface.allInnerTexts()).join("\n");
  // One text may be put into another.
  for (let before = ""; before !== rest;) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, "×");
  }
  const ours = rest.split("\n").filter((line) => !NOT_OURS.some((pattern) => pattern.test(line)));
  return ours.filter((line) => /[a-z]{3}/i.test(line) && !mayStayEnglish(line, PSEUDO));
}

/** What the browser has and Node has not. */
interface Element {
  readonly clientWidth: number;
  readonly scrollWidth: number;
  readonly textContent: string;
  querySelector(selector: string): unknown;
  querySelectorAll(selector: string): Iterable<Element>;
}
declare function getComputedStyle(element: Element): { overflowX: string; textOverflow: string };

/** Texts that are wider than the room that they have, where no more of them can be seen. */
function cutIn(surface: Locator): Promise<string[]> {
  return surface.evaluateAll((elements: readonly Element[]) =>
    elements
      .flatMap((element) => [element, ...element.querySelectorAll("*")])
      .filter((each) => {
        const { overflowX, textOverflow } = getComputedStyle(each);
        const hides = overflowX === "hidden" || textOverflow === "ellipsis";
        // A visually hidden text is a pixel wide, and what holds others scrolls.
        const isText = each.clientWidth > 1 && each.querySelector("div") === null;
        return hides && isText && each.scrollWidth > each.clientWidth + 1;
      })
      .map((each) => each.textContent)
      // A long path of a file may end where there is no room.
      .filter((text) => text.includes("⟦")),
  );
}
