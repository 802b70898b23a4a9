import type { HealthPhases } from "../report";
import { readLimited } from "./limitedBody";
import { type HttpAnswer, type TimedRequest, USER_AGENT } from "./timedRequest";

/** The `fetch` that VS Code gives to extensions: it goes the editor's own way, whatever proxy and certificates that uses. */
export type EditorFetch = typeof globalThis.fetch;

export interface EditorAnswer {
  readonly answer: HttpAnswer;
  /** Only the total: what the editor does before it sends cannot be seen from here. */
  readonly phases: HealthPhases;
}

/**
 * The same GET through the editor. Redirects are not followed and certificates always verified, so
 * the key gets to this host or nowhere. Never rejects.
 *
 * @returns undefined when it did not succeed in the time that is left, or was cancelled
 */
export async function editorGet(
  editorFetch: EditorFetch,
  { url, headers, limits, signal }: TimedRequest,
): Promise<EditorAnswer | undefined> {
  // With this variable Node lets every `fetch` take any certificate, and none of its options helps.
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") return undefined;
  const started = performance.now();
  const deadline = AbortSignal.timeout(limits.totalMs);
  const ending = signal ? AbortSignal.any([signal, deadline]) : deadline;
  try {
    const response = await unlessAborted(
      editorFetch(url, {
        headers: { "user-agent": USER_AGENT, ...headers },
        redirect: "manual",
        signal: ending,
      }),
      ending,
    );
    const body = response.body
      ? await unlessAborted(readLimited(response.body, limits.bodyBytes), ending)
      : { body: new Uint8Array(), oversized: false };
    // What `fetch` gives is unpacked already, though the header still says otherwise.
    const answerHeaders = new Headers(response.headers);
    answerHeaders.delete("content-encoding");
    return {
      answer: { status: response.status, headers: Object.fromEntries(answerHeaders), ...body },
      phases: { totalMs: Math.round(performance.now() - started) },
    };
  } catch {
    return undefined;
  }
}

/** VS Code looks for a proxy before it sends, and that step hears no signal. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new Error("aborted"));
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
  });
  return Promise.race([work, aborted]);
}
