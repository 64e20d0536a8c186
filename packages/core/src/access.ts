import { type Grant, grantBits, type Scope } from "./grants.ts";
import { nameKeyOf } from "./slug.ts";

/** 1 read, 2 write, 3 administer; 0 is no access at all, which answers as if the row were not there. */
export type Level = 0 | 1 | 2 | 3;

/**
 * The one user behind the presented credential with what the credential leaves of its rights, or no row.
 * Every text here has named places; `:credential` and `:now` (milliseconds) are given with every statement.
 */
const bearer = `select c.user_id, c.session_id, c.token_id, c.expires_at, c.scopes, c.assistant_id, c.max_level,
    c.first_address, c.last_address, c.last_used_at, t.session_days,
    u.permissions, u.permissions & ${grantBits["tenant:superuser"]} <> 0 as superuser,
    t.ai_enabled and exists (select 1 from seats s where s.user_id = u.id
      and (s.expires_at is null or s.expires_at > :now)) as seat
  from credentials c cross join users u on u.id = c.user_id cross join settings t on t.id = 1
  where c.hash = :credential and c.expires_at > :now and u.enabled`;

/** One row for each principal that the bearer acts as, with the level that owning gives it there. `*` has all rows. */
const caller = `select iif(superuser, '*', user_id) as principal, 3 as owning, max_level, assistant_id as only from bearer
  union all select m.team_id, m.level, b.max_level, b.assistant_id
    from bearer b cross join memberships m on m.user_id = b.user_id where not b.superuser`;

/** Table expressions for a statement that asks what its caller may see: `with ${asCaller} select ...`. */
export const asBearer = `bearer as materialized (${bearer})`;
export const asCaller = `${asBearer}, caller as materialized (${caller})`;

/** The caller's id, as an expression for any statement. */
export const me = "(select user_id from credentials where hash = :credential)";

/** Whether the caller is a superuser, likewise. */
export const meSuperuser = `(select permissions & ${grantBits["tenant:superuser"]} <> 0 from users where id = ${me})`;

/** Whether the caller's credential leaves it more than reading and writing, likewise. */
export const meUnnarrowed = "(select max_level >= 3 from credentials where hash = :credential)";

/** The level that the caller's rows in `access` give it, before its token narrows it; null without one. */
export const assistantLevel = (assistantId: string) =>
  `(select max(iif(x.level = 4, c.owning, x.level)) from caller c cross join access x
    on x.assistant_id = ${assistantId} and x.principal_id = c.principal)`;

/** An assistant itself, or the one that a draft will replace. */
const originalOf = (assistantId: string) =>
  `(select coalesce(editing_id, id) from assistants where id = ${assistantId})`;

/** {@link assistantLevel} of an assistant that may be a draft: who may write the original has its level, nobody else any. */
export const levelWithDrafts = (assistantId: string) =>
  `(select iif(original.level < 2 and (select editing_id from assistants where id = ${assistantId}) is not null,
    0, original.level) from (select ${assistantLevel(originalOf(assistantId))} as level) original)`;

/** A kind of row that a request can name, and what the gate must know of it. */
export interface Resource {
  readonly name: string;
  /** The key of the input that names the row. */
  readonly key: string;
  /** What a reference holds, as values for `:subject1` to `:subject3`. */
  reference(text: string): readonly [string | null, string | null, string | null];
  /** SQL for the row's id, or null. */
  readonly id: string;
  /** SQL for the version of the row whose id is `s.id`. */
  readonly version: string;
  /** SQL for the caller's level (see {@link Level}) on that row, with `bearer` as `b` and `caller` at hand. */
  readonly level: string;
  /** SQL for the assistant to which the row whose id is `subject_id` belongs, by which a token may be bound. */
  readonly assistant?: string;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `user:ada` and `team:sales` name their kind, `ada` does not. */
export const principalReference = (text: string): [string, string | null, null] => {
  const [, kind = null, name = text] = /^(user|team):(.*)$/s.exec(text) ?? [];
  return [name, kind, null];
};

/** SQL for the id of the principal with this name, of this kind if one is said. */
export const principalId = (name: string, kind: string) =>
  `(select id from principals where name = ${name} and kind = coalesce(${kind}, kind))`;

/** By UUID, or by `owner:slug` with or without the owner's kind before it. */
export const assistants: Resource = {
  name: "assistant",
  key: "id",
  reference(text) {
    if (uuid.test(text)) return [text.toLowerCase(), null, null];
    const [, owner = null, slug = null] = /^(.*):([^:]*)$/s.exec(text) ?? [];
    const [name, kind] = owner === null ? [null, null] : principalReference(owner);
    return [kind && `${kind}:`, name, slug];
  },
  id: `(select case when :subject2 is null then (select id from assistants where id = :subject1)
    else (select a.id from principals p cross join assistants a on a.owner_id = p.id and a.slug = :subject3
      where p.name = :subject2 and p.kind || ':' = coalesce(:subject1, p.kind || ':')) end)`,
  version: "(select version from assistants where id = s.id)",
  level: levelWithDrafts("s.id"),
  assistant: originalOf("subject_id"),
};

/** The level that the caller's rows in `dataset_access` give it; null without one. */
export const datasetLevel = (datasetId: string) =>
  `(select max(iif(x.level = 4, c.owning, x.level)) from caller c cross join dataset_access x
    on x.dataset_id = ${datasetId} and x.principal_id = c.principal)`;

/** By UUID, or by `owner:slug` with or without the owner's kind before it. */
export const datasets: Resource = {
  name: "dataset",
  key: "id",
  reference: assistants.reference,
  id: assistants.id
    .replaceAll(/\bassistants a\b/g, "datasets a")
    .replaceAll("from assistants where", "from datasets where"),
  version: "(select version from datasets where id = s.id)",
  level: datasetLevel("s.id"),
};

/** Somebody to whom an assistant or a dataset may be given: oneself (also unsaid), a team by one's role, anybody for a superuser. */
export const owners: Resource = {
  name: "owner",
  key: "ownerId",
  reference: principalReference,
  id: `case when :subject1 is null then ${me} else ${principalId(":subject1", ":subject2")} end`,
  version: "null",
  level: `case when s.id is null then 0 when b.superuser or s.id = b.user_id then 3
    else coalesce((select m.level from memberships m where m.user_id = b.user_id and m.team_id = s.id), 1) end`,
};

export const users: Resource = {
  name: "user",
  key: "username",
  reference: principalReference,
  id: "(select id from principals where name = :subject1 and kind = 'user' and coalesce(:subject2, 'user') = 'user')",
  version: "(select version from principals where id = s.id)",
  level: "case when s.id is null then 0 when b.superuser then 3 when s.id = b.user_id then 2 else 0 end",
};

/** Members see their team, its admins change it. */
export const teams: Resource = {
  name: "team",
  key: "id",
  reference: principalReference,
  id: "(select id from principals where name = :subject1 and kind = 'team' and coalesce(:subject2, 'team') = 'team')",
  version: "(select version from principals where id = s.id)",
  level: `case when s.id is null then 0 when b.superuser then 3
    else (select iif(m.role = 'admin', 3, 1) from memberships m where m.user_id = b.user_id and m.team_id = s.id) end`,
};

const plainId = (text: string): [string, null, null] => [text.toLowerCase(), null, null];

/** One's own tokens; those of an assistant also for its editors to see and for its admins to end. */
export const tokens: Resource = {
  name: "token",
  key: "id",
  reference: plainId,
  id: "(select id from tokens where id = :subject1)",
  version: "(select version from tokens where id = s.id)",
  level: `(select case when b.superuser or t.user_id = b.user_id then 3
      else (select case max(iif(x.level = 4, c.owning, x.level)) when 3 then 3 when 2 then 1 end
        from caller c cross join access x on x.assistant_id = t.assistant_id and x.principal_id = c.principal) end
    from tokens t where t.id = s.id)`,
};

/** With the level that one has on its assistant; what was said of a draft is for those who may write. */
export const comments: Resource = {
  name: "comment",
  key: "id",
  reference: plainId,
  id: "(select id from comments where id = :subject1)",
  version: "(select version from comments where id = s.id)",
  level: `(select iif(k.editors_only and coalesce(k.level, 0) < 2, 0, k.level) from (select o.editors_only,
    ${levelWithDrafts("o.assistant_id")} as level from comments o where o.id = s.id) k)`,
  assistant: originalOf("(select assistant_id from comments where id = subject_id)"),
};

/** By UUID or by name. Everybody sees them all; its maker, or a superuser, changes one. */
export const tags: Resource = {
  name: "tag",
  key: "id",
  reference: (text) => [text.toLowerCase(), nameKeyOf(text.trim()), null],
  id: "coalesce((select id from tags where id = :subject1), (select id from tags where sort_name = :subject2))",
  version: "(select version from tags where id = s.id)",
  level: `case when s.id is null then 0
    when b.superuser or (select created_by from tags where id = s.id) = b.user_id then 3 else 1 end`,
};

/** With the level that one has by owning it, oneself or as a member of the team. */
export const folders: Resource = {
  name: "folder",
  key: "id",
  reference: plainId,
  id: "(select id from folders where id = :subject1)",
  version: "(select version from folders where id = s.id)",
  level: `(select case when b.superuser or f.owner_id = b.user_id then 3
      else (select m.level from memberships m where m.user_id = b.user_id and m.team_id = f.owner_id) end
    from folders f where f.id = s.id)`,
};

export const sessions: Resource = {
  name: "session",
  key: "id",
  reference: plainId,
  id: "(select id from sessions where id = :subject1)",
  version: "1",
  level: "(select iif(b.superuser or x.user_id = b.user_id, 3, 0) from sessions x where x.id = s.id)",
};

/** Bytes on their way in: for their maker, and superusers. */
export const uploads: Resource = {
  name: "upload",
  key: "id",
  reference: plainId,
  id: "(select id from uploads where id = :subject1)",
  version: "(select version from uploads where id = s.id)",
  level: "(select iif(b.superuser or x.user_id = b.user_id, 3, 0) from uploads x where x.id = s.id)",
};

/** Pictures that a model has drawn: for their maker, and with the level that one has on their assistant. */
export const images: Resource = {
  name: "image",
  key: "id",
  reference: plainId,
  id: "(select id from images where id = :subject1)",
  version: "(select version from images where id = s.id)",
  level: `(select iif(b.superuser or i.user_id = b.user_id, 3, ${levelWithDrafts("i.assistant_id")})
    from images i where i.id = s.id)`,
  assistant: originalOf("(select assistant_id from images where id = subject_id)"),
};

/** What an operation asks of its caller. Everything here is judged in one statement, see gate.ts. */
export interface Needs {
  /** The name under which the documentation speaks of this permission. */
  readonly permission: string;
  /** `session`: a person who has signed in, never a token. `optional`: anybody, but a bad one is refused. */
  readonly credential: "none" | "optional" | "any" | "session";
  readonly scope: Scope;
  /** Whether a token that is bound to one assistant may come here at all. */
  readonly assistantTokens: boolean;
  readonly seat: boolean;
  readonly grant?: Grant;
  /** `whole`: the level is asked of the user, not of what its token leaves, so that one that only reads reads all. */
  readonly on?: { readonly resource: Resource; readonly level: Level; readonly whole?: true };
}

const base = {
  credential: "any",
  scope: "read",
  assistantTokens: false,
  seat: false,
} as const satisfies Partial<Needs>;

export const nothing: Needs = { ...base, permission: "none", credential: "none", assistantTokens: true };
export const anything: Needs = { ...base, permission: "none", credential: "optional", assistantTokens: true };

/** Anybody with a valid credential. */
export const signedIn = (scope: Scope, more: Partial<Needs> = {}): Needs => ({
  ...base,
  permission: "signed in",
  scope,
  ...more,
});

/** A tenant-wide grant. */
export const granted = (grant: Grant, scope: Scope, more: Partial<Needs> = {}): Needs => ({
  ...base,
  permission: grant,
  scope,
  grant,
  ...more,
});

/** A level on the row that the request names. `action` is its name among the row's `permissions`. */
export const level = (
  resource: Resource,
  least: Level,
  action: string,
  scope: Scope,
  more: Partial<Needs> = {},
): Needs => ({
  ...base,
  permission: `${resource.name}:${action}`,
  scope,
  on: { resource, level: least },
  ...more,
});

/** What all that is asked of an assistant needs besides. */
export const ofAssistant = { seat: true, assistantTokens: true } as const;

export const readAssistant = level(assistants, 1, "read", "read", ofAssistant);
export const writeAssistant = level(assistants, 2, "write", "write", ofAssistant);
/** What everybody who may use an assistant asks of it. */
export const askAssistant = level(assistants, 1, "chat", "chat", ofAssistant);
/** What only its writers read of an assistant; also with a token that only reads. */
export const readAssistantAsWriter: Needs = {
  ...level(assistants, 2, "write", "read", ofAssistant),
  on: { resource: assistants, level: 2, whole: true },
};
/** What every reader of an assistant may do to it: a comment, a mark of one's own. */
export const writeAsReader = (action: "comment" | "favorite") => level(assistants, 1, action, "write", ofAssistant);
export const administerAssistant = (action: "delete" | "share" | "changeOwner") =>
  level(assistants, 3, action, "write", ofAssistant);

/** Datasets need no seat: what an assistant knows of one is the assistant's matter. A token of one reaches none. */
export const readDataset = level(datasets, 1, "read", "read");
export const writeDataset = level(datasets, 2, "write", "write");
export const administerDataset = (action: "delete" | "share" | "changeOwner") => level(datasets, 3, action, "write");
