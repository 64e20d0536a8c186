import type { Facts } from "../gate.ts";
import type { Caller, Services } from "../ports.ts";
import { rawQuery } from "../statement.ts";

const slide = rawQuery("update sessions set expires_at = max(expires_at, :expiresAt) where hash = :credential");

/** Sliding expiry: a session past half of its life is prolonged after the answer, once for each HTTP request. */
const renewed = new WeakSet<Caller>();

export function renewSession({ executor, sessions }: Services, caller: Caller, facts: Facts): void {
  const hash = caller.credential?.hash;
  if (facts.sessionId === null || !hash || renewed.has(caller)) return;
  renewed.add(caller);
  caller.defer(async () => {
    const session = { hash, userId: facts.userId, expiresAt: new Date(facts.expiresAt) };
    const expiresAt = await sessions.renew(session, facts.sessionDays);
    if (!expiresAt) return;
    const args = slide.args({ credential: hash, expiresAt: expiresAt.getTime() });
    await executor.batch([{ sql: slide.sql, args }], "write");
  });
}
