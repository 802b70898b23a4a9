/** What an answer other than a model list says about endpoint and account. */
export interface AnswerVerdict {
  /** A knowledge-base code. */
  readonly code: string;
  readonly state:
    | "unauthorized"
    | "noQuota"
    | "rateLimited"
    | "blocked"
    | "notAnApi"
    | "gatewayError"
    | "degraded"
    | "unreachable";
}

export interface GatewayAnswer {
  readonly status: number;
  /** The Content-Type header, empty when there is none. */
  readonly contentType: string;
  /** Names in lower case, as Node and undici give them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
  /** The request is one that the gateway passes on, so the answer can be its supplier's; never `GET /v1/models`. */
  readonly passedOn?: boolean;
  /** The host that was asked; where it is not known, no redirect leads away from it. */
  readonly host?: string;
  /** Somebody on the way may have written it: a proxy, or a box with a certificate of its own. */
  readonly mayBeForeign?: boolean;
}
