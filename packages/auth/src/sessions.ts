import type { Sessions, StoredSession } from "@steward/core";
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from "lucia";
import { sha256Hex } from "./digest.ts";

/** 25 random bytes in lower-case base32, as lucia makes its ids. */
const SESSION_ID = /^[a-z2-7]{40}$/;

/** What lucia would have written to a database during one call. */
interface Captured {
  created: DatabaseSession | null;
  renewedUntil: Date | null;
}

/**
 * Sessions of people, with their lives ruled by lucia: as many days long as each call says, slid to the full length at
 * half-life.
 *
 * Lucia never meets the database. Each call gets an adapter of its own that is fed the row which the gate has already
 * read, and that catches what lucia would write, so that a request stays at one round trip. The database knows only the
 * SHA-256 of a session's id: who reads the database cannot take over a session.
 */
export function luciaSessions(): Sessions {
  return {
    async issue(userId, days) {
      const captured = nothingCaptured();
      const { id: sid } = await luciaOver(capturingAdapter(null, captured), days).createSession(userId, {});
      if (captured.created === null) throw new Error("lucia made a session without storing it");
      return { sid, hash: sha256Hex(sid), userId: captured.created.userId, expiresAt: captured.created.expiresAt };
    },
    credential(sid) {
      return { kind: "session", hash: SESSION_ID.test(sid) ? sha256Hex(sid) : null };
    },
    async renew(session, days) {
      const captured = nothingCaptured();
      await luciaOver(capturingAdapter(session, captured), days).validateSession(session.hash);
      return captured.renewedUntil;
    },
  };
}

function luciaOver(adapter: Adapter, days: number): Lucia {
  if (!(days > 0 && Number.isFinite(days)))
    throw new RangeError(`A session lasts a positive number of days, not ${days}`);
  return new Lucia(adapter, { sessionExpiresIn: new TimeSpan(days, "d") });
}

function nothingCaptured(): Captured {
  return { created: null, renewedUntil: null };
}

/**
 * An adapter for one call: answers with `row`, and notes in `captured` what lucia asks to be stored.
 * Deletions are not noted: the gate refuses an expired session by itself, and removing it is the core's to do.
 */
function capturingAdapter(row: StoredSession | null, captured: Captured): Adapter {
  return {
    async getSessionAndUser() {
      if (row === null) return [null, null];
      const { hash, userId, expiresAt } = row;
      return [
        { id: hash, userId, expiresAt, attributes: {} },
        { id: userId, attributes: {} },
      ];
    },
    async setSession(session) {
      captured.created = session;
    },
    async updateSessionExpiration(_id, expiresAt) {
      captured.renewedUntil = expiresAt;
    },
    async deleteSession() {},
    getUserSessions: () => neverAsked("getUserSessions"),
    deleteUserSessions: () => neverAsked("deleteUserSessions"),
    deleteExpiredSessions: () => neverAsked("deleteExpiredSessions"),
  };
}

async function neverAsked(method: string): Promise<never> {
  throw new Error(`lucia called ${method}, which only the core's own statements may do`);
}
