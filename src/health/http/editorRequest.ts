import { type TimedRequest, USER_AGENT } from "./timedRequest";

/** The `fetch` that VS Code gives to extensions: it goes the editor's own way, whatever proxy and certificates that uses. */
export type EditorFetch = typeof globalThis.fetch;

/**
 * Whether an API answers the editor. Redirects are not followed. Never rejects.
 *
 * @param request without the key
 * @returns undefined where it cannot be known
 */
export async function editorAnswers(
  editorFetch: EditorFetch,
  { url, headers, limits, signal }: TimedRequest,
): Promise<boolean | undefined> {
  // With this variable Node lets every `fetch` take any certificate, and none of its options helps.
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") return undefined;
  const deadline = AbortSignal.timeout(limits.connectMs);
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
    await response.body?.cancel();
    return /\bjson\b/i.test(response.headers.get("content-type") ?? "");
  } catch {
    return false;
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
