import type { endpointKnowledge } from "../../../../../src/doctor/problems/endpoint/words";
import type { HealthReport } from "../../../../../src/health/report";
import { ENDPOINT, healthReport } from "../../machine";
import { CONFIG, codexWith, OPENCODE, opencodeWith } from "../files";
import type { MachineCase, ProblemCases } from "../problemCase";

/** @param chosen the setting */
const codexAddress = (title: string, address: string, chosen = ENDPOINT): MachineCase => ({
  title,
  baseUrl: chosen,
  files: codexWith({ base_url: `base_url = "${address}"` }),
  marked: [CONFIG, `"${address}"`],
  fixed: { [CONFIG]: [[`"${address}"`, `"${chosen}"`]] },
});

/** Not TokenPool's: the user's own choice. */
const OWN = "https://gateway.example";

const seen = (report: Partial<HealthReport>): MachineCase => ({
  title: "seen by the check of the endpoint",
  health: [healthReport(report)],
});

export const endpointProblems = {
  "endpoint/retired": [{ title: "in the setting and in files", ownTest: true, fixable: true }],
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
    codexAddress("an address with a blank within", "https://api.clawto.link/ v1"),
    codexAddress("https:// twice", "https://https://api.clawto.link"),
    codexAddress("commas for dots", "https://api,clawto,link"),
    codexAddress("a letter too few", "https://api.clawto.lnk"),
    codexAddress("a letter too many", "https://api.tokenpooll.dev/v1"),
    codexAddress("a wrong letter", "https://api.tokenpoool.dev"),
    codexAddress("two letters that changed places", "https://api.calwto.link"),
    codexAddress("another ending", "https://api.tokenpool.com/v1"),
    codexAddress("another ending, and no api.", "https://clawto.com"),
    codexAddress("no api., and a letter off", "https://clawt.link"),
    codexAddress("a dash for the dot", "https://api-clawto.link"),
    codexAddress("the user's own endpoint without https://", "gateway.example/v1", OWN),
    codexAddress("the user's own endpoint with a blank at its end", `${OWN}/v1 `, OWN),
    codexAddress("the user's own endpoint with a blank before a slash", `${OWN}/v1 /`, OWN),
    codexAddress("the user's own endpoint, a letter off", "https://gatewy.example", OWN),
    {
      title: "the setting is like an endpoint's name",
      severity: "warning",
      baseUrl: "https://api.clawto.com",
    },
    { title: "the setting is no address", baseUrl: "api.clawto.link" },
  ],
  "endpoint/too-much-path": [
    codexAddress("an address that goes on after /v1", `${ENDPOINT}/v1/responses`),
    codexAddress("the user's own endpoint, and it goes on after /v1", `${OWN}/v1/responses`, OWN),
    {
      title: "the user's own endpoint in OpenCode, and it goes on after /v1",
      baseUrl: OWN,
      files: opencodeWith({}, { baseURL: `${OWN}/v1/chat/completions` }),
      marked: [OPENCODE, `"${OWN}/v1/chat/completions"`],
      fixed: { [OPENCODE]: [[`${OWN}/v1/chat/completions`, `${OWN}/v1`]] },
    },
    {
      title: "the same in OpenCode",
      files: opencodeWith({}, { baseURL: `${ENDPOINT}/v1/chat/completions` }),
      marked: [OPENCODE, `"${ENDPOINT}/v1/chat/completions"`],
      fixed: { [OPENCODE]: [[`${ENDPOINT}/v1/chat/completions`, `${ENDPOINT}/v1`]] },
    },
  ],
  "endpoint/insecure": [
    codexAddress("an endpoint without encryption", "http://api.clawto.link"),
    codexAddress("the user's own endpoint without encryption", "http://gateway.example", OWN),
  ],
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
