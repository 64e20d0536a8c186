import { beforeAll, describe, expect, it } from "vitest";
import { readCredential } from "./credential.ts";
import { luciaSessions } from "./sessions.ts";
import { apiTokens } from "./tokens.ts";

const services = { sessions: luciaSessions(), tokens: apiTokens() };
const token = services.tokens.issue();
const NOTHING = { credential: null, cookie: false };
const NO_TOKEN = { credential: { kind: "token", hash: null }, cookie: false };
let session: { readonly sid: string; readonly hash: string };

const read = (headers: Record<string, string>) => readCredential(new Headers(headers), services);

describe("readCredential", () => {
  beforeAll(async () => {
    session = await services.sessions.issue("user-1", 30);
  });

  it("finds nothing where nothing is presented", () => {
    expect(read({})).toEqual(NOTHING);
    expect(read({ authorization: "", cookie: "theme=dark; sid=" })).toEqual(NOTHING);
  });

  it.each(["Bearer", "bearer", "BEARER"])("reads a token after %s", (scheme) => {
    const presented = { credential: { kind: "token", hash: token.hash }, cookie: false };
    expect(read({ authorization: `${scheme} ${token.value}` })).toEqual(presented);
    expect(read({ authorization: `${scheme}   ${token.value} ` })).toEqual(presented);
  });

  it("reads a session from the cookie, and says so", () => {
    const presented = { credential: { kind: "session", hash: session.hash }, cookie: true };
    expect(read({ cookie: `theme=dark; sid=${session.sid}` })).toEqual(presented);
  });

  it("prefers the token to the cookie, which then counts for nothing", () => {
    const { credential, cookie } = read({ authorization: `Bearer ${token.value}`, cookie: `sid=${session.sid}` });
    expect(credential).toEqual({ kind: "token", hash: token.hash });
    expect(cookie).toBe(false);
  });

  it.each(["Bearer", "Bearer ", "Bearer x", "Bearer stw_", `Bearer ${token.value}x`, `Bearer ${token.value} x`])(
    "takes %j for a credential that cannot be right, even beside a good cookie",
    (authorization) => {
      expect(read({ authorization })).toEqual(NO_TOKEN);
      expect(read({ authorization, cookie: `sid=${session.sid}` })).toEqual(NO_TOKEN);
    },
  );

  it("does not take a session id for a token", () => {
    expect(read({ authorization: `Bearer ${session.sid}` })).toEqual(NO_TOKEN);
  });

  it("does not take a token for a session id", () => {
    expect(read({ cookie: `sid=${token.value}` })).toEqual({
      credential: { kind: "session", hash: null },
      cookie: true,
    });
  });

  it.each(["Basic dXNlcjpwYXNz", `Token ${token.value}`, `Bearerx ${token.value}`, token.value])(
    "passes over another scheme: %j",
    (authorization) => {
      expect(read({ authorization })).toEqual(NOTHING);
      expect(read({ authorization, cookie: `sid=${session.sid}` }).credential?.hash).toBe(session.hash);
    },
  );

  it("takes a cookie that is no session id for a credential that cannot be right", () => {
    expect(read({ cookie: "sid=garbage" })).toEqual({ credential: { kind: "session", hash: null }, cookie: true });
  });
});
