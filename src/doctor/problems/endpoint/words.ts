import * as l10n from "@vscode/l10n";
import type { KnowledgeEntry } from "../knowledgeEntry";

export const endpointKnowledge = {
  "endpoint/website": {
    severity: "error",
    title: () => l10n.t("Base URL points to a website, not the API"),
    cause: () => l10n.t("The website answers with a page, so every request fails or is repeated endlessly."),
    fix: () => l10n.t("Use the address of an API endpoint."),
    action: "selectEndpoint",
    does: () => l10n.t("Set the base URL to the API endpoint"),
  },
  "endpoint/malformed": {
    severity: "error",
    title: () => l10n.t("Base URL is not valid"),
    cause: () => l10n.t("It is misspelled, lacks https://, or has parts that do not belong there."),
    fix: () => l10n.t("Use the address of an API endpoint."),
    action: "selectEndpoint",
    does: () => l10n.t("Correct the base URL"),
  },
  "endpoint/too-much-path": {
    severity: "error",
    title: () => l10n.t("Base URL contains an extra path"),
    cause: () => l10n.t("Clients append the path of each request themselves, so it would be there twice."),
    fix: () => l10n.t("Use the address of an API endpoint, without a path."),
    action: "selectEndpoint",
    does: () => l10n.t("Remove the extra path from the base URL"),
  },
  "endpoint/retired": {
    severity: "warning",
    title: () => l10n.t("Base URL is a former address of TokenPool"),
    cause: () => l10n.t("Another address has taken its place, and it will stop working."),
    fix: () => l10n.t("Use the address of an API endpoint."),
    action: "selectEndpoint",
    does: () => l10n.t("Set the base URL to the API endpoint"),
  },
  "endpoint/insecure": {
    severity: "error",
    title: () => l10n.t("Base URL does not use encryption"),
    cause: () => l10n.t("With http:// your API key would travel in plain text."),
    fix: () => l10n.t("Use the address with https://."),
    action: "selectEndpoint",
    does: () => l10n.t("Set the base URL to https://"),
  },
  "endpoint/missing-v1": {
    severity: "error",
    title: () => l10n.t("Base URL is missing /v1"),
    cause: () => l10n.t("The gateway has the requested path only below /v1."),
    fix: () => l10n.t("Configure the client again, which adds /v1 to the base URL."),
    action: "selectEndpoint",
    does: () => l10n.t("Add /v1 to the base URL"),
  },
  "endpoint/html-response": {
    severity: "error",
    title: () => l10n.t("The endpoint answers with an error page"),
    cause: () =>
      l10n.t("A page instead of data means that a website or a server in between answered, not the API."),
    fix: () => l10n.t("Check the API address, or use the other endpoint."),
    action: "selectEndpoint",
  },
  "endpoint/redirect": {
    severity: "error",
    title: () => l10n.t("The endpoint redirects requests"),
    cause: () =>
      l10n.t("An API endpoint answers directly; a redirect comes from a website or a sign-in page."),
    fix: () => l10n.t("Use the address of an API endpoint."),
    action: "selectEndpoint",
  },
  "endpoint/no-responses-api": {
    severity: "error",
    title: () => l10n.t("The gateway has no Responses API"),
    cause: () =>
      l10n.t("Codex and TokenPool's provider in OpenCode need it; a gateway for chat alone is not enough."),
    fix: () => l10n.t("Use the address of an API endpoint, or ask the operator for a newer gateway."),
    action: "selectEndpoint",
  },
  "endpoint/request-refused": {
    severity: "warning",
    title: () => l10n.t("The gateway rejects the request"),
    cause: () =>
      l10n.t("Address and key are right; the gateway or the model does not accept something in the request."),
    fix: () => l10n.t("Choose another model, or tell the operator of the gateway."),
    action: "showLog",
  },
  "endpoint/unexpected-response": {
    severity: "error",
    title: () => l10n.t("The endpoint does not answer like the API"),
    cause: () =>
      l10n.t("The answer is not a list of models, so another product seems to be at this address."),
    fix: () => l10n.t("Check the API address, or use the other endpoint."),
    action: "selectEndpoint",
  },
} satisfies Record<string, KnowledgeEntry>;
