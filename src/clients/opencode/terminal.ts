import type { ClientTerminal } from "../client";
import { userPath } from "../machine/userPath";
import { PROVIDER_ID } from "./state/provider";
import type { OpencodeState } from "./state/state";

/** What the names of models are made of; a command line would read anything else into others. */
const PLAIN_NAME = /^[\w.:/-]+$/;

export const terminal: ClientTerminal<OpencodeState> = {
  installCommand: (platform) =>
    platform === "darwin" ? "brew install anomalyco/tap/opencode" : "npm install -g opencode-ai",
  // Its own default may be a model of another provider.
  answering: (question, model) => [
    "run",
    question,
    ...(PLAIN_NAME.test(model) ? ["-m", `${PROVIDER_ID}/${model}`] : []),
  ],
  variables: (environment): Record<string, string> => {
    const named = environment.configuredDirectory.opencode;
    return named ? { OPENCODE_CONFIG_DIR: userPath(environment, named) } : {};
  },
  firstQuestion: () => Promise.resolve(undefined),
};
