import assert from "node:assert/strict";
import type { Severity } from "../../../../src/doctor/finding";
import { type Problem, problem } from "../../../../src/doctor/problem";
import type { ProblemCode } from "../../../../src/doctor/problems/knowledge";
import { published } from "../../../../src/editor/files/published";

const found = (code: ProblemCode, path: string, severity: Severity = "error"): Problem =>
  problem(code, { path, severity });

describe("the problems that are published", () => {
  const theft = found("opencode/project-overrides", "/project/opencode.json");
  const server = found("codex/project-config", "/project/.codex/config.toml");
  const ignored = found("codex/project-config", "/other/.codex/config.toml", "information");
  const beside = found("opencode/provider-disabled", "/project/opencode.json");
  const mine = found("endpoint/website", "/home/.codex/config.toml");
  const all = [theft, server, ignored, beside, mine];

  it("are those of open files and of files that send the key away", () =>
    assert.deepEqual(published(all, ["/home/.codex/config.toml", "/project/opencode.json"], true), {
      problems: all,
      files: ["/home/.codex/config.toml", "/project/opencode.json", "/project/.codex/config.toml"],
    }));

  it("are the thefts, and nothing else, where nobody wants marks", () =>
    assert.deepEqual(published(all, ["/home/.codex/config.toml", "/project/opencode.json"], false), {
      problems: [theft, server],
      files: ["/project/opencode.json", "/project/.codex/config.toml"],
    }));
});
