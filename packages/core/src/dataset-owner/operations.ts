import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import { administerDataset, me, readDataset, datasets as resource } from "../access.ts";
import { datasetId, datasetKey } from "../datasets/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { asNewOwner, type NewOwner, newOwner, Owner, OwnerType, owning } from "../owner/owning.ts";
import { last } from "../records.ts";
import { PrincipalReference, versioned } from "../schemas.ts";
import { type Places, read, write } from "../statement.ts";

const { datasets } = tables;

const owned = owning({ resource, table: "datasets", shares: "dataset_shares", key: "dataset_id" });
const columns = { ...owned.columns, version: datasets.version };

const one = read((database) => database.select(columns).from(datasets).where(eq(datasets.id, datasetId)));

export const get = operation({
  http: "GET /datasets/{id}/owner",
  rel: "inf:owner",
  summary: "To whom a dataset belongs",
  needs: readDataset,
  input: datasetKey,
  output: Owner,
  run: async (ctx) => {
    const [[row], { level }] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return { ...row, permissions: { changeOwner: level >= 3 } };
  },
});

const give = write((database, places: Places<NewOwner & { at: Date }>) =>
  database
    .update(datasets)
    .set({
      ownerId: fragment<string>(newOwner),
      version: sql`version + 1`,
      updatedAt: sql`${sql.param(places.at, datasets.updatedAt)}`,
      updatedBy: fragment<string>(me),
    })
    .where(eq(datasets.id, datasetId))
    .returning({ ...columns, changeOwner: owned.stillAdministers }),
);

export const set = operation({
  http: "PUT /datasets/{id}/owner",
  summary: "Give a dataset to a team in which you may write; as a superuser, to anybody",
  needs: administerDataset("changeOwner"),
  input: { ...datasetKey, ...versioned, ownerId: PrincipalReference, ownerType: OwnerType.optional() },
  output: Owner,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { ownerId, ownerType }) => {
    const values = asNewOwner(ownerId, ownerType);
    const results = await ctx.commit([...owned.toGive(values), give({ ...values, at: ctx.now })], {
      found: { object: owned.parties, values },
    });
    const [row] = last(results);
    if (!row) throw new StewardError("not_found");
    const { changeOwner, ...owner } = row;
    return { ...owner, permissions: { changeOwner } };
  },
});
