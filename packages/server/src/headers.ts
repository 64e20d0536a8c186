const always: readonly (readonly [string, string])[] = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "no-referrer"],
  ["cross-origin-resource-policy", "same-origin"],
];
const contentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const strictTransportSecurity = "max-age=63072000; includeSubDomains";

/** What every answer carries, whichever door it comes from. A page may bring its own Content-Security-Policy. */
export function secure(
  headers: Headers,
  { https, requestId }: { readonly https: boolean; readonly requestId: string },
): void {
  for (const [name, value] of always) headers.set(name, value);
  if (!headers.has("content-security-policy")) headers.set("content-security-policy", contentSecurityPolicy);
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  if (https) headers.set("strict-transport-security", strictTransportSecurity);
  headers.set("x-request-id", requestId);
}

/** The id under which a request is logged: the one it brought where that is harmless, or a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given !== null && /^[\w.-]{1,100}$/.test(given) ? given : crypto.randomUUID();
}
