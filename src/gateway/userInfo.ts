/** Up to the last @ before a path, as addresses are read. */
const USER_INFO = /(:\/\/)[^\s/?#"<>]*@/g;

/** Hides user name and password of every address in a text, a proxy's for one; linear. */
export function withoutUserInfo(text: string): string {
  return text.replace(USER_INFO, "$1…@");
}
