import type { endpointKnowledge } from "../../../../../src/doctor/problems/endpoint/words";
import type { HealthReport } from "../../../../../src/health/report";
import { ENDPOINT, healthReport } from "../../machine";
import { CONFIG, codexWith, OPENCODE, opencodeWith } from "../files";
import type { MachineCase, ProblemCases } from "../problemCase";

const codexAddress = (title: string, address: string): MachineCase => ({
  title,
  files: codexWith({ base_url: `base_url = "${address}"` }),
  marked: [CONFIG, `"${address}"`],
  fixed: { [CONFIG]: [[`"${address}"`, `"${ENDPOINT}"`]] },
});

const seen = (report: Partial<HealthReport>): MachineCase => ({
  title: "seen by the check of the endpoint",
  health: [healthReport(report)],
});

export const endpointProblems = {
  "endpoint/website": [
    { title: "the website in the setting", baseUrl: "https://tokenpool.dev" },
    codexAddress("the website in Codex", "https://tokenpool.dev"),
    codexAddress("the console's address in Codex", "https://www.tokenpool.dev/console"),
    {
      title: "the CDN in OpenCode",
      files: opencodeWith({}, { baseURL: "https://cdn.tokenpool.dev/v1" }),
      marked: [OPENCODE, '"https://cdn.tokenpool.dev/v1"'],
      fixed: { [OPENCODE]: [["https://cdn.tokenpool.dev/v1", `${ENDPOINT}/v1`]] },
    },
    {
      title: "the website in OpenCode's provider openai",
      files: {
        [OPENCODE]: JSON.stringify({
          provider: { openai: { options: { baseURL: "https://tokenpool.dev/v1" } } },
        }),
      },
      marked: [OPENCODE, '"https://tokenpool.dev/v1"'],
      fixed: { [OPENCODE]: [["https://tokenpool.dev/v1", `${ENDPOINT}/v1`]] },
      left: ["opencode/documented-openai-override"],
    },
  ],
  "endpoint/malformed": [
    codexAddress("an address without https://", "api.clawto.link"),
    codexAddress("an address with a user name", "https://me@api.clawto.link"),
    codexAddress("an address without a colon", "https//api.clawto.link"),
    codexAddress("an address with one slash", "https:/api.clawto.link"),
    codexAddress("an address with a blank at its end", `${ENDPOINT}/v1 `),
    codexAddress("an empty address, TokenPool's key in auth.json", ""),
    { title: "the setting is no address", baseUrl: "api.clawto.link" },
  ],
  "endpoint/too-much-path": [
    codexAddress("an address that goes on after /v1", `${ENDPOINT}/v1/responses`),
    {
      title: "the same in OpenCode",
      files: opencodeWith({}, { baseURL: `${ENDPOINT}/v1/chat/completions` }),
      marked: [OPENCODE, `"${ENDPOINT}/v1/chat/completions"`],
      fixed: { [OPENCODE]: [[`${ENDPOINT}/v1/chat/completions`, `${ENDPOINT}/v1`]] },
    },
  ],
  "endpoint/insecure": [codexAddress("an endpoint without encryption", "http://api.clawto.link")],
  "endpoint/missing-v1": [
    seen({ state: "notAnApi", code: "endpoint/missing-v1", httpStatus: 404 }),
    {
      title: "a Codex at the root of a gateway that serves it below /v1 only",
      files: codexWith({}),
      route: "v1",
      health: [healthReport({ state: "notAnApi", code: "endpoint/missing-v1", httpStatus: 200 })],
      marked: [CONFIG, `"${ENDPOINT}"`],
      fixed: { [CONFIG]: [[`"${ENDPOINT}"`, `"${ENDPOINT}/v1"`]] },
    },
    ...["@ai-sdk/openai-compatible", undefined].map((npm) => ({
      title: `a provider of OpenCode for chat completions (${npm ?? "no package"})`,
      files: {
        [OPENCODE]: JSON.stringify({ provider: { mine: { npm, options: { baseURL: ENDPOINT } } } }),
      },
      marked: [OPENCODE, `"${ENDPOINT}"`] as const,
      fixed: { [OPENCODE]: [[ENDPOINT, `${ENDPOINT}/v1`] as const] },
    })),
  ],
  "endpoint/html-response": [seen({ state: "notAnApi", code: "endpoint/html-response", httpStatus: 404 })],
  "endpoint/redirect": [seen({ state: "notAnApi", code: "endpoint/redirect", httpStatus: 302 })],
  "endpoint/no-responses-api": [seen({ state: "notAnApi", code: "endpoint/no-responses-api" })],
  "endpoint/request-refused": [
    {
      title: "Codex shows what the gateway says",
      text: "unexpected status 400 Bad Request: Unsupported parameter: 'store', url: https://api.clawto.link/responses",
    },
  ],
  "endpoint/unexpected-response": [seen({ state: "notAnApi", code: "endpoint/unexpected-response" })],
} satisfies Record<keyof typeof endpointKnowledge, ProblemCases>;
