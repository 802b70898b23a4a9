import assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { CancellationToken, TerminalLinkContext } from "vscode";
import { user } from "../../../fakes/vscode";
import { Secrets, servicesIn } from "../services";

const { registerTerminalLinks } = await import("../../../../src/editor/helpCommands/terminalLinks");

const ERROR = "ERROR: unexpected status 401 Unauthorized: Invalid API key";
const OURS = `model_provider = "OpenAI"

[model_providers.OpenAI]
name = "OpenAI"
base_url = "https://api.clawto.link"
wire_api = "responses"
requires_openai_auth = true
`;

describe("links in the terminal", () => {
  let home: string;
  beforeEach(async () => {
    user.reset();
    home = await fs.mkdtemp(path.join(os.tmpdir(), "links-"));
    await fs.mkdir(path.join(home, ".codex"));
    registerTerminalLinks(servicesIn(home, fs, new Secrets(undefined)));
  });
  afterEach(() => fs.rm(home, { recursive: true }));

  const configure = () => fs.writeFile(path.join(home, ".codex/config.toml"), OURS);

  /** The parts of the line that are links. */
  async function linked(line: string): Promise<string[]> {
    const context = { line } as TerminalLinkContext;
    const links = await user.terminalLinks?.provideTerminalLinks(context, {} as CancellationToken);
    return (links ?? []).map(({ startIndex, length }) => line.slice(startIndex, startIndex + length));
  }

  it("are on an error of a client that uses TokenPool, without the blanks around it", async () => {
    await configure();
    assert.deepEqual(await linked(`  ${ERROR}  `), [ERROR]);
  });

  it("are on nothing while no client uses TokenPool", async () => {
    assert.deepEqual(await linked(ERROR), []);
  });

  it("are on no line that nobody knows, and on no empty one", async () => {
    await configure();
    assert.deepEqual(await linked("total 48"), []);
    assert.deepEqual(await linked("   "), []);
  });

  it("leave an address in the line to VS Code's own link", async () => {
    await configure();
    const before = `${ERROR}, url: `;
    assert.deepEqual(await linked(`${before}https://api.clawto.link/responses`), [before]);
  });
});
