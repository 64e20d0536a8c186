import { tables } from "@steward/db";
import { and, eq, sql } from "drizzle-orm";
import { readAssistantAsWriter, assistants as resource, writeAssistant } from "../access.ts";
import { revised } from "../assistants/revise.ts";
import { assistantId, assistantKey } from "../assistants/schema.ts";
import type { Context } from "../context.ts";
import { invalid, StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { defined, keysOf } from "../records.ts";
import { Nothing, page, paging, Reference, versioned } from "../schemas.ts";
import { assign, guard, type Places, read, versionIs, write } from "../statement.ts";
import { ofTenant } from "../tenant.ts";
import { ChangedValue, fields, mask, NewValue, Secret } from "./schema.ts";

const { secrets } = tables;

/** A token that is bound to an assistant knows nothing of its secrets, not even that there are any. */
const readSecrets = { ...readAssistantAsWriter, assistantTokens: false };
const writeSecrets = { ...writeAssistant, assistantTokens: false };

const mostOfOne = 100;

/** All but the value: no statement of an operation reads that. */
const columns = {
  id: secrets.id,
  assistantId: secrets.assistantId,
  name: secrets.name,
  description: secrets.description,
  allowedHosts: secrets.allowedHosts,
  version: secrets.version,
  createdAt: secrets.createdAt,
  updatedAt: secrets.updatedAt,
  lastUsedAt: secrets.lastUsedAt,
};

const toSecret = <R extends object>(row: R, mayWrite = true) => ({
  ...row,
  value: mask,
  permissions: { write: mayWrite, delete: mayWrite },
});

interface Which {
  readonly secretId: string;
}
const secretKey = { ...assistantKey, secretId: Reference.meta({ description: "UUID" }) };
const asWhich = (secretId: string): Which => ({ secretId: secretId.toLowerCase() });

const ofAssistant = `from secrets where assistant_id = ${resource.id}`;
const ofSecret = `${ofAssistant} and id = :secretId`;
const named = (places: Places<Which>) => and(eq(secrets.assistantId, assistantId), eq(secrets.id, places.secretId));

const secretsList = listOf({
  columns,
  from: "secrets",
  where: `secrets.assistant_id = ${resource.id}`,
  key: "secrets.name",
});
const one = read((database, places: Places<Which>) => database.select(columns).from(secrets).where(named(places)));

export const list = operation({
  http: "GET /assistants/{id}/secrets",
  rel: "inf:assistant-secrets",
  summary: "List the secrets of an assistant; never their values",
  needs: readSecrets,
  input: { ...assistantKey, ...paging },
  output: page(Secret),
  items: { rel: "inf:assistant-secret", at: "/assistants/{id}/secrets/{secretId}" },
  run: async (ctx, { id: _resolved, ...input }) => {
    const [found, { level }] = await Promise.all([secretsList(ctx, input), ctx.facts()]);
    return withItems(found, (row) => toSecret(row, level >= 2));
  },
});

export const get = operation({
  http: "GET /assistants/{id}/secrets/{secretId}",
  summary: "Read a secret; never its value",
  needs: readSecrets,
  input: secretKey,
  output: Secret,
  run: async (ctx, { secretId }) => {
    const [[row], { level }] = await Promise.all([ctx.read(one(asWhich(secretId))), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toSecret(row, level >= 2);
  },
});

interface SealedValue {
  readonly lineage: string;
  readonly ciphertext: string;
  readonly keyId: string;
  readonly valueChangedAt: Date;
}

/** Each value has a lineage of its own: so no ciphertext of an earlier one, or of another secret, opens in its place. */
async function seal(ctx: Context, value: string): Promise<{ readonly tenant: string; readonly sealed: SealedValue }> {
  const tenant = await ctx.tenant();
  const lineage = ctx.newId();
  const { ciphertext, keyId } = await ctx.vault.seal(value, { tenant, lineage });
  return { tenant, sealed: { lineage, ciphertext, keyId, valueChangedAt: ctx.now } };
}

const sealing = { most: 2, because: "the first in a process that has no start learns which tenant it serves" } as const;

interface NewSecret extends SealedValue {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly allowedHosts: string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const room = guard(`(select count(*) ${ofAssistant}) < ${mostOfOne}`);
const full = new StewardError("conflict", {
  message: `An assistant has at most ${mostOfOne} secrets: delete one that is not used`,
});
const freeName = guard<{ name: string | null; secretId: string | null }>(
  `not exists (select 1 ${ofAssistant} and name = :name and id is not :secretId)`,
);
const takenName = new StewardError("conflict", { message: "The assistant has a secret of that name" });

const insert = write((database, places: Places<NewSecret>) =>
  database
    .insert(secrets)
    .values({
      ...assign(secrets, places, [
        "id",
        "name",
        "description",
        "allowedHosts",
        "lineage",
        "ciphertext",
        "keyId",
        "valueChangedAt",
        "createdAt",
        "updatedAt",
      ]),
      assistantId,
    })
    .returning(columns),
);

export const create = operation({
  http: "POST /assistants/{id}/secrets",
  summary: "Give an assistant a secret; its value is encrypted and never shown",
  needs: writeSecrets,
  input: {
    ...assistantKey,
    name: fields.name,
    description: fields.description.default(null),
    value: NewValue,
    allowedHosts: fields.allowedHosts.default([]),
  },
  output: Secret,
  errors: ["conflict"],
  trips: sealing,
  run: async (ctx, { id: _resolved, value, ...given }) => {
    const { tenant, sealed } = await seal(ctx, value);
    const row = { ...given, ...sealed, id: ctx.newId(), createdAt: ctx.now, updatedAt: ctx.now };
    const [, , , [made]] = await ctx.commit(
      [
        room({}, full),
        freeName({ name: given.name, secretId: null }, takenName),
        ofTenant(tenant),
        insert(row),
        ...revised(),
      ],
      { details: { secretId: row.id, name: given.name, valueChanged: true } },
    );
    if (!made) throw new StewardError("internal");
    return toSecret(made);
  },
});

const there = guard<Which>(`exists (select 1 ${ofSecret})`);
const unchanged = versionIs(`(select version ${ofSecret})`);
const sameHosts = guard<Which & { hosts: string | null }>(
  `:hosts is null or json(:hosts) = (select json(allowed_hosts) ${ofSecret})`,
);
const otherHosts = invalid("allowedHosts", "Changes only together with a new value: give that as well");

/** Under which name the trail knows it, and under which from now on. */
const foundName = (which: Which, newName: string | null = null) => ({
  object: `(select json_object('name', name, 'newName', nullif(:newName, name)) ${ofSecret})`,
  values: { ...which, newName },
});

type Changes = Partial<Pick<NewSecret, "name" | "description" | "allowedHosts"> & SealedValue> & { updatedAt: Date };

const change = write((database, places: Places<Changes & Which>, keys: readonly (keyof Changes)[]) =>
  database
    .update(secrets)
    .set({ ...assign(secrets, places, keys), version: sql`version + 1` })
    .where(named(places))
    .returning(columns),
);

export const update = operation({
  http: "PUT /assistants/{id}/secrets/{secretId}",
  summary: "Change a secret; where it may be sent changes only with its value",
  needs: writeSecrets,
  input: {
    ...secretKey,
    ...versioned,
    name: fields.name.optional(),
    description: fields.description.optional(),
    value: ChangedValue.optional(),
    allowedHosts: fields.allowedHosts.optional(),
  },
  output: Secret,
  errors: ["conflict", "version_mismatch"],
  ownVersion: true,
  trips: sealing,
  run: async (ctx, { id: _resolved, secretId, expectedVersion, value, allowedHosts, ...given }) => {
    const which = asWhich(secretId);
    const fresh = value === undefined || value === mask ? null : await seal(ctx, value);
    const changes: Changes = defined({ ...given, ...(fresh && { ...fresh.sealed, allowedHosts }), updatedAt: ctx.now });
    const hosts = fresh || !allowedHosts ? null : JSON.stringify(allowedHosts);
    const [, , , , [row]] = await ctx.commit(
      [
        there(which, new StewardError("not_found")),
        unchanged({ ...which, expectedVersion }),
        sameHosts({ ...which, hosts }, otherHosts),
        freeName({ ...which, name: given.name ?? null }, takenName),
        change({ ...changes, ...which }, keysOf(changes)),
        ...(fresh ? [ofTenant(fresh.tenant)] : []),
        ...revised(),
      ],
      { details: { ...which, valueChanged: fresh !== null }, found: foundName(which, given.name) },
    );
    if (!row) throw new StewardError("not_found");
    return toSecret(row);
  },
});

const remove = write((database, places: Places<Which>) => database.delete(secrets).where(named(places)));

const end = operation({
  http: "DELETE /assistants/{id}/secrets/{secretId}",
  summary: "Delete a secret",
  needs: writeSecrets,
  input: { ...secretKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  ownVersion: true,
  run: async (ctx, { secretId, expectedVersion }) => {
    const which = asWhich(secretId);
    await ctx.commit(
      [
        there(which, new StewardError("not_found")),
        unchanged({ ...which, expectedVersion }),
        remove(which),
        ...revised(),
      ],
      { details: { ...which }, found: foundName(which) },
    );
  },
});

export { end as delete };
