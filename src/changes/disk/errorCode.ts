/** Is it this error of the operating system, as node:fs throws it? */
export function isErrorCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
