import { asCaller, type Level, type Needs } from "./access.ts";
import type { ErrorCode } from "./errors.ts";
import { grantBits, scopeBits } from "./grants.ts";
import { type Query, rawQuery } from "./statement.ts";

/** What the gate found out, in the same snapshot as the rows that were read behind it. */
export interface Facts {
  readonly userId: string;
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  /** When the credential ends, in milliseconds. */
  readonly expiresAt: number;
  /** When a token was last used, in milliseconds, as far as that is kept; null for never, and for a session. */
  readonly lastUsedAt: number | null;
  /** How many days a session of this tenant lasts. */
  readonly sessionDays: number;
  /** Effective grants, as bits (grants.ts). */
  readonly permissions: number;
  readonly superuser: boolean;
  /** An active seat, in a tenant that has AI enabled. */
  readonly seat: boolean;
  /** The highest level that the credential leaves its user on any row. */
  readonly maxLevel: Level;
  /** The scopes that the credential is good for, as bits. */
  readonly scopes: number;
  /** The only assistant that the credential reaches, or null for all of its user's. */
  readonly onlyAssistantId: string | null;
  /** The row that the request names, and the caller's level on it, narrowed by its credential. */
  readonly subjectId: string | null;
  readonly level: Level;
  /** The level before the credential narrowed it: a token that only reads still reads all that its user may. */
  readonly readingLevel: Level;
  readonly version: number | null;
}

/** Why a caller is turned away. Each is an error code. */
const refusals = [
  "unauthenticated",
  "token_scope",
  "ai_entitlement_required",
  "not_found",
  "forbidden",
  "version_mismatch",
] as const satisfies ErrorCode[];
export type Refusal = (typeof refusals)[number];

export const isRefusal = (text: string): text is Refusal => (refusals as readonly string[]).includes(text);

/** The first statement of every batch: it raises unless the caller is admitted, so nothing after it runs. */
export interface Gate {
  readonly admit: Query<never>;
  /** The verdict as a row, for a server that hides the messages of what was raised. */
  readonly verdict: Query<never>;
}

/** In the order of checks that the contract gives. A condition that cannot hold for an operation is not asked. */
function verdict({ credential, scope, assistantTokens, seat, grant, on }: Needs): string {
  const bound = on?.resource.assistant ?? "subject_id";
  const cases: (readonly [condition: string, refusal: Refusal] | false | undefined)[] = [
    ["user_id is null", "unauthenticated"],
    [
      "first_address is not null and not coalesce(:clientAddress between first_address and last_address, false)",
      "token_scope",
    ],
    credential === "session" && ["session_id is null", "token_scope"],
    [`scopes & ${scopeBits[scope]} = 0`, "token_scope"],
    !assistantTokens && ["assistant_id is not null", "token_scope"],
    on && assistantTokens && [`assistant_id is not null and ${bound} is not assistant_id`, "token_scope"],
    seat && ["not seat", "ai_entitlement_required"],
    on && ["level = 0", "not_found"],
    grant && [`permissions & ${grantBits[grant]} = 0`, "forbidden"],
    on && [`level < ${on.level}`, "forbidden"],
    on && !on.whole && [`max_level < ${on.level}`, "token_scope"],
    on && ["version <> :version", "version_mismatch"],
  ];
  const branches = cases
    .filter((branch) => !!branch)
    .map(([condition, refusal]) => `when ${condition} then '${refusal}'`);
  return `case ${branches.join(" ")} else 'admitted' end`;
}

const gates = new WeakMap<Needs, Gate>();

/** The gate for what an operation needs, built once. */
export function gateFor(needs: Needs): Gate {
  let gate = gates.get(needs);
  if (!gate) {
    gate = build(needs);
    gates.set(needs, gate);
  }
  return gate;
}

function build(needs: Needs): Gate {
  const { resource } = needs.on ?? {};
  const judged = `with ${asCaller},
    subject as materialized (select ${resource?.id ?? "null"} as id),
    facts as materialized (select b.*, s.id as subject_id, ${resource?.version ?? "null"} as version,
      coalesce(${resource?.level ?? "0"}, 0) as level
      from subject s left join bearer b on true),
    judged as materialized (select *, ${verdict(needs)} as verdict from facts)`;
  return {
    admit:
      rawQuery(`${judged} select case verdict when 'admitted' then 1 else json_extract('{}', 'refused:' || verdict) end,
      user_id, session_id, token_id, expires_at, last_used_at, session_days, permissions, superuser, seat, max_level,
      scopes, assistant_id, subject_id, min(level, max_level), level, version from judged`),
    verdict: rawQuery(`${judged} select verdict from judged`),
  };
}

/** Reads the row that an admitted caller gets. */
export function factsOf(row: readonly unknown[]): Facts {
  const [
    ,
    userId,
    sessionId,
    tokenId,
    expiresAt,
    lastUsedAt,
    sessionDays,
    permissions,
    superuser,
    seat,
    maxLevel,
    scopes,
    only,
    subjectId,
    level,
    readingLevel,
    version,
  ] = row as [
    1,
    string,
    string | null,
    string | null,
    number,
    number | null,
    number,
    number,
    number,
    number,
    Level,
    number,
    string | null,
    string | null,
    Level,
    Level,
    number | null,
  ];
  return {
    userId,
    sessionId,
    tokenId,
    expiresAt,
    lastUsedAt,
    sessionDays,
    permissions,
    superuser: superuser === 1,
    seat: seat === 1,
    maxLevel,
    scopes,
    onlyAssistantId: only,
    subjectId,
    level,
    readingLevel,
    version,
  };
}
