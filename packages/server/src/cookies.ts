/** Writes the session's cookie, see `@steward/auth`. */
export interface CookieWriter {
  sessionCookie(sid: string, options: { readonly secure: boolean; readonly expiresAt: Date }): string;
  clearedSessionCookie(options: { readonly secure: boolean }): string;
}

/** Browsers keep no cookie for longer. When the session ends is for the database to say, and it slides. */
const longest = 400 * 24 * 60 * 60 * 1000;

const local = /^http:\/\/(localhost|[\w-]+\.localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/;

/**
 * The `Set-Cookie` that an operation asks for with `cookie`, from what it has answered. `origin` is where people reach the
 * server: behind a proxy a request does not tell.
 */
export function sessionCookies({ sessionCookie, clearedSessionCookie }: CookieWriter, origin?: string) {
  return (kind: "set" | "clear", output: unknown, request: Request): string => {
    const secure = !local.test(origin ?? request.url);
    if (kind === "clear") return clearedSessionCookie({ secure });
    const { sid } = (output ?? {}) as { readonly sid?: unknown };
    if (typeof sid !== "string") throw new TypeError("An operation that sets the cookie has not answered with a sid");
    return sessionCookie(sid, { secure, expiresAt: new Date(Date.now() + longest) });
  };
}
