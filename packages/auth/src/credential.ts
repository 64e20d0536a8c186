import type { Credential, Sessions, Tokens } from "@steward/core";
import { sidFromCookies } from "./cookies.ts";

/** What a request presented, and whether it came by the cookie, which browsers send unasked (see `sameOrigin`). */
export interface PresentedCredential {
  readonly credential: Credential | null;
  readonly cookie: boolean;
}

const BEARER = /^bearer(?:\s+(.*))?$/i;

/**
 * Reads a request's credential. `Authorization: Bearer` wins over the cookie, also when what it holds is no token: the
 * caller meant it, and must not act as somebody else by accident. Other schemes (the `Basic` of a proxy in front) are
 * not ours, and are passed over.
 */
export function readCredential(
  headers: Headers,
  { sessions, tokens }: { readonly sessions: Sessions; readonly tokens: Tokens },
): PresentedCredential {
  const bearer = BEARER.exec(headers.get("authorization") ?? "");
  if (bearer !== null) return { credential: tokens.credential(bearer[1] ?? ""), cookie: false };
  const sid = sidFromCookies(headers.get("cookie"));
  if (sid !== null) return { credential: sessions.credential(sid), cookie: true };
  return { credential: null, cookie: false };
}
