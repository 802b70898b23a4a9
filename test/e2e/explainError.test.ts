import assert from "node:assert/strict";
import { useSession } from "./support/session";

const COMMAND = "TokenPool: Explain an Error…";
const COMPACTION =
  "ERROR: Error running remote compact task: Fatal error: remote compaction v2 expected exactly one compaction output item, got 0 from 1 output items";
const NO_QUOTA =
  'ERROR: unexpected status 403 Forbidden: {"code":"INSUFFICIENT_BALANCE","message":"Insufficient account balance"}, url: https://api.clawto.link/responses';
describe("explaining an error", function () {
  this.timeout(300_000);
  const current = useSession({ withClients: false });

  before(async () => {
    await current().setApiKey();
    await current().runAndApply("TokenPool: Configure Codex", "Codex now uses TokenPool");
    await current().workbench.closeNotifications();
  });

  async function paste(text: string): Promise<void> {
    const { workbench } = current();
    await workbench.runCommand(COMMAND);
    await workbench.quickInput.getByText("The text stays on this machine").waitFor();
    await workbench.input.fill(text);
    await workbench.page.keyboard.press("Enter");
  }

  async function closeDialog(): Promise<void> {
    const { workbench } = current();
    await workbench.page.keyboard.press("Escape");
    await workbench.dialog.waitFor({ state: "detached" });
  }

  it("shows cause and fix of a pasted line, with what helps", async () => {
    const { workbench } = current();
    await paste(NO_QUOTA);
    const { dialog } = workbench;
    await dialog.getByText("Quota or balance is used up").waitFor();
    await dialog.getByText("Top up in the console, or use a key with more quota.").waitFor();
    await dialog.getByRole("button", { name: "Open Console" }).waitFor();
    await workbench.screenshot("explained-error");
    await closeDialog();
  });

  it("offers all it can mean, the likely first, also of lines that the field has joined", async () => {
    const { workbench } = current();
    await paste(`warning: Model metadata for \`x\` not found.${NO_QUOTA}`);
    await workbench.quickInput.getByText("What the Error Can Mean").waitFor();
    const rows = workbench.quickInput.locator(".monaco-list-row");
    assert.match((await rows.first().textContent()) ?? "", /Quota or balance/);
    await workbench.pick("What the Error Can Mean", "Codex does not know details of the model");
    await workbench.dialog.getByText("Nothing needs to be done.").waitFor();
    await closeDialog();
  });

  it("takes the selection, says when it knows nothing, and offers a look at the machine", async () => {
    const { workbench } = current();
    await workbench.runCommand("File: New Untitled Text File");
    await workbench.page.locator(".tab", { hasText: "Untitled-1" }).waitFor();
    await workbench.page.keyboard.type("error TS2322: Type 'string' is not assignable.");
    await workbench.page.locator(".view-line", { hasText: "TS2322" }).waitFor();
    await workbench.page.keyboard.press("ControlOrMeta+a");
    await workbench.runCommand(COMMAND);
    const message = workbench.notification("TokenPool does not know this error.");
    await message.getByRole("button", { name: "Open Troubleshooting" }).waitFor();
    await message.getByRole("button", { name: "Explain Another…" }).click();
    await workbench.input.fill(NO_QUOTA);
    await workbench.page.keyboard.press("Enter");
    await workbench.dialog.getByText("Quota or balance is used up").waitFor();
    await closeDialog();
    await workbench.page.locator(".view-line", { hasText: "TS2322" }).click();
    await workbench.page.keyboard.press("ControlOrMeta+a");
    await workbench.page.keyboard.press("Delete");
  });

  it("fixes what the text alone shows, through the preview", async () => {
    const session = current();
    const { workbench } = session;
    await paste(COMPACTION);
    await workbench.dialog.getByRole("button", { name: "Fix…" }).click();
    await workbench.answerPreview("Apply");
    await workbench.notification("Fixed: ").waitFor();
    assert.match(session.read(".codex/config.toml").toString(), /remote_compaction = "unsupported"/);
  });
});
