/** A token as `codex login` keeps it, far from expiring, that nobody signed. */
export function unsignedToken(): string {
  const part = (content: object) => Buffer.from(JSON.stringify(content)).toString("base64url");
  return [part({ alg: "none" }), part({ email: "someone@example.org", exp: 4_102_444_800 }), "x"].join(".");
}

/** What `codex login` leaves in auth.json. */
export function chatGptLogin(): object {
  const token = unsignedToken();
  return {
    auth_mode: "chatgpt",
    OPENAI_API_KEY: null,
    tokens: { id_token: token, access_token: token, refresh_token: "refresh", account_id: "account" },
    last_refresh: "2026-11-23T00:00:00Z",
  };
}
