import type { Facts } from "../gate.ts";
import type { Caller, Services } from "../ports.ts";
import { rawQuery } from "../statement.ts";

/** How exactly it is known when a token was last used. */
const resolution = 60_000;

/** Of several requests at once, one writes. */
const note = rawQuery(
  `update tokens set last_used_at = :now where id = :tokenId and coalesce(last_used_at, 0) <= :now - ${resolution}`,
);

const noted = new WeakSet<Caller>();

/** Keeps when a token was last used: after the answer, once for each HTTP request, and at most once a minute. */
export function noteTokenUse({ executor, clock }: Services, caller: Caller, { tokenId, lastUsedAt }: Facts): void {
  const now = clock.now().getTime();
  if (tokenId === null || now - (lastUsedAt ?? 0) < resolution || noted.has(caller)) return;
  noted.add(caller);
  caller.defer(() => executor.batch([{ sql: note.sql, args: note.args({ now, tokenId }) }], "write"));
}
