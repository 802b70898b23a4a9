import assert from "node:assert/strict";
import { askCodex, askOpenCode } from "../harness/clientPrograms";
import { ELEVEN_PROBLEM_FILES } from "../unit/doctor/elevenProblems";
import { useSession } from "./support/session";
import { leaveSurface, SURFACES } from "./support/surfaces";
import { Words } from "./support/words";

for (const language of ["zh-cn", "de"]) {
  describe(`the main job in ${language}, found by the texts of the language`, function () {
    this.timeout(180_000);
    const current = useSession({ locale: language, homeFiles: ELEVEN_PROBLEM_FILES });
    const words = new Words(language);
    afterEach(() => leaveSurface(current()));

    for (const { name, show } of SURFACES) {
      it(`shows ${name}`, async () => {
        await show(current(), words);
        await current().workbench.screenshot(`${language} ${name}`);
      });
    }

    it("says in which language the panel is", async () => {
      await current().workbench.runCommand(words.command("troubleshoot"));
      await current().workbench.webview().locator(`html[lang="${language}"] #panel h1`).waitFor();
    });

    it("makes both real clients answer", async () => {
      const { home } = current().server;
      const [codex, opencode] = [await askCodex(home, "say hi"), await askOpenCode(home, "say hi")];
      assert.match(codex.stdout, /Hello from the TokenPool simulator/, codex.stderr);
      assert.match(opencode.stdout, /Hello from the TokenPool simulator/, opencode.stderr);
    });
  });
}
