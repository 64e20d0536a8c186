import { apiTokens } from "@steward/auth";
import type { AnyOperation, ErrorCode, Level } from "@steward/core";
import type { Presented } from "./arrange.ts";
import type { CallOptions } from "./doors.ts";
import { type OperationName, pathOf } from "./operations.ts";
import { subjectOf, userOf } from "./subjects.ts";
import type { World } from "./world.ts";

type Input = Readonly<Record<string, unknown>>;

/** A world in which the operation would succeed. */
export interface Arranged<Things> {
  readonly world: World;
  readonly things: Things;
  readonly as: Presented;
  readonly input: Input;
}

/** An operation with a way to make such worlds. */
export interface Scenario<Things> {
  readonly name: OperationName;
  readonly operation: AnyOperation;
  arrange(): Promise<Arranged<Things>>;
  readonly below: ((world: World, things: Things) => Promise<Presented>) | undefined;
}

/** Something that must be refused. `attempt` changes the world, or says what else is asked, by whom and from where. */
interface Refusal<Things> {
  readonly title: string;
  readonly code: ErrorCode;
  attempt(arranged: Arranged<Things>): Promise<{ as?: Presented; input?: Input; from?: CallOptions }>;
  /** At most so many trips; the operation's own budget unless told. */
  readonly trips?: number;
}

/** A credential that is none, and one that might be one: its checksum is right. */
const garbage = { bearer: "stw_garbage" };
const unheardOf = { bearer: apiTokens().issue().value };
const unknownSession = { sid: "a".repeat(40) };

/** 203.0.113.7, as tokens are tied to it. */
const only = "00000000000000000000ffffcb007107";

/** No schema has this key. */
const unknownKey = { "no-such-key": "1" };

const ownUser = async <T>({ world, as }: Arranged<T>) => ({ id: (await userOf(world, as)) ?? "", name: "", ref: "" });

/** All that the contract says about who is turned away, as far as the operation's needs tell. */
export function refusalsOf<T>(scenario: Scenario<T>): Refusal<T>[] {
  return [...ofCredentials(scenario), ...ofTokens(scenario), ...ofRights(scenario), ...ofRows(scenario)];
}

function ofCredentials<T>({ operation }: Scenario<T>): Refusal<T>[] {
  const { credential } = operation.needs;
  const needed = credential === "any" || credential === "session";
  const unauthenticated = (title: string, attempt: Refusal<T>["attempt"], trips?: number): Refusal<T> => ({
    title: `401 ${title}`,
    code: "unauthenticated",
    attempt,
    ...(trips !== undefined && { trips }),
  });
  const whenNeeded = [
    unauthenticated("without a credential", async () => ({ as: null }), 0),
    unauthenticated(
      "without a credential, before the input is looked at",
      async ({ input }) => ({ as: null, input: { ...input, ...unknownKey } }),
      0,
    ),
  ];
  const whenLookedAt = [
    unauthenticated("for a token that cannot be one, without asking the database", async () => ({ as: garbage }), 0),
    unauthenticated("for a session that cannot be one", async () => ({ as: { sid: "x" } }), 0),
    unauthenticated("for an unknown token", async () => ({ as: unheardOf })),
    unauthenticated("for an unknown session", async () => ({ as: unknownSession })),
    unauthenticated("for an expired session", async (arranged) => ({
      as: await arranged.world.session(await ownUser(arranged), 0),
    })),
    unauthenticated("for an expired token", async (arranged) => ({
      as: await arranged.world.token(await ownUser(arranged), { expiresAt: new Date() }),
    })),
    unauthenticated("for a revoked token", async (arranged) => {
      const token = await arranged.world.token(await ownUser(arranged));
      await arranged.world.rows("delete from tokens where id = ?", token.id);
      return { as: token };
    }),
    unauthenticated("for a disabled user", async (arranged) => {
      await arranged.world.rows("update users set enabled = 0 where id = ?", (await ownUser(arranged)).id);
      return {};
    }),
    {
      title: "400 for bad input, before a bad credential is looked at",
      code: "validation_failed",
      attempt: async ({ input }: Arranged<T>) => ({ as: garbage, input: { ...input, ...unknownKey } }),
      trips: 0,
    } as const,
  ];
  const unknown: Refusal<T> = {
    title: "400 for an unknown key",
    code: "validation_failed",
    attempt: async ({ input }) => ({ input: { ...input, ...unknownKey } }),
    trips: 0,
  };
  return [unknown, ...(needed ? whenNeeded : []), ...(credential === "none" ? [] : whenLookedAt)];
}

function ofTokens<T>({ operation }: Scenario<T>): Refusal<T>[] {
  const { credential, scope, assistantTokens, on } = operation.needs;
  if (credential === "none") return [];
  const scoped = (title: string, attempt: Refusal<T>["attempt"]): Refusal<T> => ({
    title: `403 token_scope for ${title}`,
    code: "token_scope",
    attempt,
  });
  const token =
    (options: (arranged: Arranged<T>) => Promise<Parameters<World["token"]>[1]>) => async (arranged: Arranged<T>) => ({
      as: await arranged.world.token(await ownUser(arranged), await options(arranged)),
    });
  const own = async (arranged: Arranged<T>) =>
    arranged.world.assistant({ owner: await ownUser(arranged), slug: "another", name: "Another" });
  const ofAssistant = on?.resource.assistant !== undefined;
  const bound = async ({ world, as, input }: Arranged<T>) => ({
    assistant: { id: (on && (await subjectOf(world, on.resource, input, as))) ?? "" },
  });
  const tiedToAddress = token(async () => ({ addresses: [only, only] }));
  const cases: (Refusal<T> | false)[] = [
    scoped("a token that is used from another address", async (arranged) => ({
      ...(await tiedToAddress(arranged)),
      from: { address: "203.0.113.8" },
    })),
    scoped("a token that is tied to an address, where none is known", tiedToAddress),
    scoped(
      "a token that is good for nothing",
      token(async () => ({ scopes: [] })),
    ),
    credential === "session" &&
      scoped(
        "a token, where a person must have signed in",
        token(async () => ({})),
      ),
    scope === "write" &&
      scoped(
        "a token that only reads",
        token(async () => ({ readOnly: true })),
      ),
    scope === "write" &&
      scoped(
        "a token without the scope to write",
        token(async () => ({ scopes: ["read", "chat"] })),
      ),
    scope === "read" &&
      scoped(
        "a token without the scope to read",
        token(async () => ({ scopes: ["write"] })),
      ),
    !assistantTokens &&
      scoped(
        "a token of an assistant",
        token(async (arranged) => ({ assistant: await own(arranged) })),
      ),
    ofAssistant &&
      scoped(
        "a token of another assistant",
        token(async (arranged) => ({ assistant: await own(arranged) })),
      ),
    ofAssistant &&
      scoped("a token of another assistant, before the row is looked for", async (arranged) => ({
        as: await arranged.world.token(await ownUser(arranged), { assistant: await own(arranged) }),
        input: { ...arranged.input, id: "01900000-0000-7000-8000-ffffffffffff" },
      })),
    ofAssistant && (on?.level ?? 0) === 3 && scoped("the assistant's own token, which never administers", token(bound)),
  ];
  return cases.filter((one) => one !== false);
}

function ofRights<T>({ operation }: Scenario<T>): Refusal<T>[] {
  const { seat, grant } = operation.needs;
  const refused = (title: string, code: ErrorCode, sql: string): Refusal<T> => ({
    title: `403 ${title}`,
    code,
    async attempt(arranged) {
      await arranged.world.rows(sql, (await ownUser(arranged)).id);
      return {};
    },
  });
  const withoutSeat = "delete from seats where user_id = ?";
  const endedSeat = `update seats set expires_at = ${Date.parse("2026-03-01T12:00:00.000Z")} where user_id = ?`;
  return [
    ...(seat ? [refused("without an AI seat", "ai_entitlement_required", withoutSeat)] : []),
    ...(seat ? [refused("with an AI seat that has ended", "ai_entitlement_required", endedSeat)] : []),
    ...(grant
      ? [refused(`without ${grant}`, "forbidden", "update users set role = 'member', grants = 0 where id = ?")]
      : []),
  ];
}

/** Somebody who sees the row, with one level less than the operation needs; by the kind of row. */
const levelBelow: Record<
  string,
  (arranged: Arranged<unknown>, subject: string, least: Level) => Promise<Presented | null>
> = {
  async assistant({ world }, id, least) {
    if (least < 2) return null;
    const user = await world.user();
    await world.share({ id }, user, (least - 1) as 1 | 2);
    return user;
  },
  async dataset({ world }, id, least) {
    if (least < 2) return null;
    const user = await world.user();
    await world.shareDataset({ id }, user, { level: (least - 1) as 1 | 2 });
    return user;
  },
  async user({ world }, id, least) {
    return least === 3 ? world.session({ id, name: "", ref: "" }) : null;
  },
  async tag({ world }, _id, least) {
    return least > 1 ? world.user() : null;
  },
  async team({ world }, id, least) {
    if (least < 2) return null;
    const user = await world.user();
    await world.rows("insert into memberships values (?, ?, 'publisher', 1, 1, 1)", user.id, id);
    return user;
  },
};

/** Whether the generated suite knows, or is told, somebody who sees the row and may not do this. */
const hasBelow = <T>({ operation: { needs }, below }: Scenario<T>): boolean => {
  if (below) return true;
  const { resource, level = 0 } = needs.on ?? {};
  if (resource?.name === "user") return level === 3;
  return ["assistant", "dataset", "team", "tag"].includes(resource?.name ?? "") && level > 1;
};

function ofRows<T>(scenario: Scenario<T>): Refusal<T>[] {
  const { on } = scenario.operation.needs;
  if (!on) return [];
  const { resource, level } = on;
  const below: Refusal<T> = {
    title: `403 below level ${level}`,
    code: "forbidden",
    async attempt(arranged) {
      const { world, things, as, input } = arranged;
      if (scenario.below) return { as: await scenario.below(world, things) };
      const subject = (await subjectOf(world, resource, input, as)) ?? "";
      return { as: (await levelBelow[resource.name]?.(arranged, subject, level)) ?? null };
    },
  };
  return hasBelow(scenario) ? [below] : [];
}

/** Whether the operation's path names the row that it needs a level on. */
export const namesRow = ({ operation }: { readonly operation: AnyOperation }): boolean => {
  const { on } = operation.needs;
  return on !== undefined && pathOf(operation).includes(`{${on.resource.key}}`);
};
