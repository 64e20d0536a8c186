const NAME = "sid";
/** Characters that mean the same inside a cookie and outside, so that neither writing nor reading has to escape. */
const PLAIN = /^[\w-]+$/;

/** `Set-Cookie` for a session. `secure` is false only where the site is served over plain HTTP. */
export function sessionCookie(sid: string, options: { readonly secure: boolean; readonly expiresAt: Date }): string {
  if (!PLAIN.test(sid)) throw new TypeError("a session id with characters that do not belong in a cookie");
  return serialize(sid, options.secure, options.expiresAt);
}

/** `Set-Cookie` that makes the browser forget its session. */
export function clearedSessionCookie(options: { readonly secure: boolean }): string {
  return serialize("", options.secure, new Date(0));
}

/**
 * The session id in a `Cookie` header, or null. Whatever the header holds, this does not throw and decodes nothing.
 * Of several cookies of the name the first counts, which browsers make the one with the most specific path.
 */
export function sidFromCookies(header: string | null): string | null {
  if (header === null) return null;
  for (const pair of header.split(";")) {
    const separator = pair.indexOf("=");
    if (separator === -1 || pair.slice(0, separator).trim() !== NAME) continue;
    const value = pair.slice(separator + 1).trim();
    return value === "" ? null : value;
  }
  return null;
}

function serialize(value: string, secure: boolean, expiresAt: Date): string {
  const cookie = `${NAME}=${value}; Path=/; Expires=${expiresAt.toUTCString()}; HttpOnly; SameSite=Lax`;
  return secure ? `${cookie}; Secure` : cookie;
}
