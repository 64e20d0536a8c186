import {
  bitsOf,
  type Grant,
  learnTenant,
  type Role,
  type Scope,
  type Services,
  scopeBits,
  type TeamRole,
} from "@steward/core";
import type { Statement } from "@steward/db";
import { type ArrangeDatasets, datasetArranger } from "./arrange-datasets.ts";
import type { Database } from "./database.ts";
import { insert } from "./insert.ts";

/** How a request proves who asks: a cookie, a bearer token, or nothing. A {@link Person} is its own session. */
export type Presented = { readonly sid: string } | { readonly bearer: string } | null;

export interface Principal {
  readonly id: string;
  readonly name: string;
  /** `user:ada`, as answers name it. */
  readonly ref: string;
}
export interface Person extends Principal {
  readonly sid: string;
}
export interface Made {
  readonly id: string;
  readonly naturalId: string;
  readonly slug: string;
}
export interface MadeToken {
  readonly id: string;
  readonly bearer: string;
}

export interface UserOptions {
  readonly name?: string;
  readonly displayName?: string;
  readonly role?: Role;
  readonly grants?: readonly Grant[];
  /** An AI seat: yes unless false; a date is when it ends. */
  readonly seat?: boolean | Date;
  readonly enabled?: boolean;
  readonly superuser?: boolean;
  readonly password?: string;
}

export interface AssistantOptions {
  readonly owner: Principal;
  readonly name?: string;
  readonly slug?: string;
  readonly description?: string;
  readonly instructions?: string;
  readonly instructionsHidden?: boolean;
  readonly dispatcher?: boolean;
  /** Milliseconds before now, for lists by time. */
  readonly age?: number;
  /** Of a draft: the assistant that it will replace. Its slug should be that one's with `-draft` behind it. */
  readonly editing?: { readonly id: string };
}

export interface SecretOptions {
  readonly name?: string;
  readonly value?: string;
  readonly allowedHosts?: readonly string[];
}

export interface SkillOptions {
  readonly type?: string;
  readonly name?: string;
  readonly description?: string;
  readonly data?: object;
}

export interface ReferenceOptions {
  readonly targetType?: string;
  readonly targetId?: string;
  readonly description?: string;
}

export interface KnowledgeOptions {
  readonly mode?: "full" | "subset" | "schema" | "sample";
  readonly filter?: object;
  readonly sampleSize?: number;
  readonly access?: "assistant" | "asker";
}

export interface TokenOptions {
  readonly readOnly?: boolean;
  readonly scopes?: readonly Scope[];
  readonly assistant?: { readonly id: string };
  readonly expiresAt?: Date;
  /** The first and the last of the only addresses from which it may be used, in 32 hexadecimal digits each. */
  readonly addresses?: readonly [string, string];
}

/** Ways to fill a world, by statements rather than by the operations that are tested. */
export interface Arrange extends ArrangeDatasets {
  user(options?: UserOptions): Promise<Person>;
  team(options?: { name?: string; members?: readonly (readonly [Principal, TeamRole])[] }): Promise<Principal>;
  assistant(options: AssistantOptions): Promise<Made>;
  share(assistant: { readonly id: string }, whom: Principal, level: 1 | 2 | 3): Promise<void>;
  favorite(assistant: { readonly id: string }, whom: Principal): Promise<void>;
  /** Another session of the user, which lasts 30 days unless said. */
  session(user: Principal, lasts?: number): Promise<{ readonly id: string; readonly sid: string }>;
  token(user: Principal, options?: TokenOptions): Promise<MadeToken>;
  secret(assistant: { readonly id: string }, options?: SecretOptions): Promise<{ readonly id: string }>;
  skill(assistant: { readonly id: string }, options?: SkillOptions): Promise<{ readonly id: string }>;
  reference(assistant: { readonly id: string }, options?: ReferenceOptions): Promise<{ readonly id: string }>;
  /** Lets an assistant know a dataset: all of it, with the rights of who asks, unless said. */
  knowledge(
    assistant: { readonly id: string },
    dataset: { readonly id: string },
    options?: KnowledgeOptions,
  ): Promise<{ readonly id: string }>;
}

const day = 24 * 60 * 60 * 1000;

export function arranger(database: Database, services: Services): Arrange {
  const { run } = database;
  const { ids, sessions, tokens, vault } = services;
  let counted = 0;
  const named = (name: string | undefined, kind: string) => name ?? `${kind}-${++counted}`;
  const times = () => ({ created_at: Date.now(), updated_at: Date.now() });
  const principal = (kind: "user" | "team", name: string, displayName = name): [Principal, Statement] => {
    const id = ids.next();
    return [
      { id, name, ref: `${kind}:${name}` },
      insert("principals", { id, kind, name, display_name: displayName, ...times() }),
    ];
  };
  const newSession = async (user: Principal, lasts = 30 * day) => {
    const { sid, hash } = await sessions.issue(user.id, 30);
    const id = ids.next();
    const row = { id, hash, user_id: user.id, expires_at: Date.now() + lasts, created_at: Date.now() };
    return { id, sid, statement: insert("sessions", row) };
  };

  return {
    ...datasetArranger(database, services),
    async user({
      name,
      displayName,
      role = "creator",
      grants = [],
      seat = true,
      enabled = true,
      superuser,
      password,
    } = {}) {
      const [user, statement] = principal("user", named(name, "user"), displayName);
      const expiresAt = seat instanceof Date ? seat.getTime() : null;
      const { sid, statement: session } = await newSession(user);
      await run([
        statement,
        insert("users", {
          id: user.id,
          role: superuser ? "admin" : role,
          grants: bitsOf(grants),
          enabled,
          password_hash: password === undefined ? null : `plain:${password}`,
        }),
        ...(seat ? [insert("seats", { user_id: user.id, expires_at: expiresAt, created_at: Date.now() })] : []),
        session,
      ]);
      return { ...user, sid };
    },
    async team({ name, members = [] } = {}) {
      const [team, statement] = principal("team", named(name, "team"));
      const memberships = members.map(([user, role]) =>
        insert("memberships", { user_id: user.id, team_id: team.id, role, ...times() }),
      );
      await run([statement, insert("teams", { id: team.id }), ...memberships]);
      return team;
    },
    async assistant({ owner, name = "Helper", slug, age = 0, ...more }) {
      const id = ids.next();
      const made = slug ?? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
      await run([
        insert("assistants", {
          id,
          owner_id: owner.id,
          slug: made,
          name,
          sort_name: name.toLowerCase(),
          description: more.description ?? null,
          instructions: more.instructions ?? null,
          instructions_hidden: more.instructionsHidden ?? false,
          dispatcher: more.dispatcher ?? false,
          suggestions: "[]",
          editing_id: more.editing?.id ?? null,
          created_at: Date.now() - age,
          updated_at: Date.now() - age,
          created_by: owner.id,
          updated_by: owner.id,
        }),
      ]);
      return { id, slug: made, naturalId: `${owner.name}:${made}` };
    },
    async share({ id }, whom, level) {
      await run([insert("shares", { assistant_id: id, principal_id: whom.id, level, ...times() })]);
    },
    async favorite({ id }, whom) {
      await run([insert("favorites", { assistant_id: id, user_id: whom.id, created_at: Date.now() })]);
    },
    async session(user, lasts) {
      const { id, sid, statement } = await newSession(user, lasts);
      await run([statement]);
      return { id, sid };
    },
    async token(user, { readOnly = false, scopes, assistant, expiresAt, addresses } = {}) {
      const { value, hash, hint } = tokens.issue();
      const id = ids.next();
      await run([
        insert("tokens", {
          id,
          hash,
          hint,
          user_id: user.id,
          type: assistant ? "assistant" : "personal",
          assistant_id: assistant?.id ?? null,
          read_only: readOnly,
          scopes: scopes ? scopes.reduce((bits, scope) => bits | scopeBits[scope], 0) : null,
          expires_at: expiresAt?.getTime() ?? null,
          // So that no call of a test has it noted anew, a minute long.
          last_used_at: Date.now(),
          first_address: addresses?.[0] ?? null,
          last_address: addresses?.[1] ?? null,
          ...times(),
        }),
      ]);
      return { id, bearer: value };
    },
    async skill({ id: assistantId }, { type = "code-execution", name = "Code", description, data = {} } = {}) {
      const id = ids.next();
      const row = { id, assistant_id: assistantId, type, name, description: description ?? null };
      await run([insert("skills", { ...row, data: JSON.stringify(data), ...times() })]);
      return { id };
    },
    async reference({ id: assistantId }, { targetType = "library", targetId = "shelf-1", description } = {}) {
      const id = ids.next();
      const row = { id, assistant_id: assistantId, target_type: targetType, target_id: targetId };
      await run([insert("assistant_references", { ...row, description: description ?? null, ...times() })]);
      return { id };
    },
    async knowledge({ id: assistantId }, dataset, { mode = "full", filter, sampleSize, access = "asker" } = {}) {
      const id = ids.next();
      const row = { id, assistant_id: assistantId, dataset_id: dataset.id, mode, access };
      const narrowed = { filter: filter ? JSON.stringify(filter) : null, sample_size: sampleSize ?? null };
      await run([insert("assistant_datasets", { ...row, ...narrowed, ...times() })]);
      return { id };
    },
    async secret({ id: assistantId }, { name = "API_KEY", value = "sk-arranged", allowedHosts = [] } = {}) {
      const [id, lineage] = [ids.next(), ids.next()];
      const { ciphertext, keyId } = await vault.seal(value, { tenant: await learnTenant(services), lineage });
      await run([
        insert("secrets", {
          id,
          assistant_id: assistantId,
          lineage,
          name,
          ciphertext,
          key_id: keyId,
          allowed_hosts: JSON.stringify(allowedHosts),
          value_changed_at: Date.now(),
          ...times(),
        }),
      ]);
      return { id };
    },
  };
}
