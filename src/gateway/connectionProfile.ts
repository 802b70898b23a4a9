import type { ResponsesRoute } from "./responsesRoute";

/** All that a client needs to reach the gateway. Holds the key: never log, store or show one whole. */
export interface ConnectionProfile {
  /** Without trailing slash and without `/v1`. */
  readonly baseUrl: string;
  /** Where the gateway has the Responses API; undefined: not known. */
  readonly route?: ResponsesRoute | undefined;
  readonly apiKey: string;
  readonly model: string;
  readonly reviewModel: string;
}
