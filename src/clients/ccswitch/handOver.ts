/** Where the link goes: to the desktop's own handler, or on the clipboard for another machine's desktop. */
export type HandOverWay = "opened" | "copied";

/**
 * CC Switch runs on the desktop that the user sits at. A link opened from a remote machine or from a web page would
 * reach another program or nobody, so there the user carries it over.
 */
export function handOverWay(remoteName: string | undefined, isWebPage: boolean): HandOverWay {
  return remoteName !== undefined || isWebPage ? "copied" : "opened";
}

/**
 * A program that calls the command without a dialog gets the key handed over only where the user has agreed by dialog
 * once, and nowhere where the link would be lost and the key stay in a list of processes.
 */
export function mayHandOverSilently(hasAgreed: boolean, isRunning: boolean | undefined): boolean {
  return hasAgreed && isRunning !== false;
}
