import { tables } from "@steward/db";
import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { me, meSuperuser, meUnnarrowed } from "../access.ts";
import { fragment } from "../fragment.ts";
import { Id, label, Moment, PrincipalId, Version } from "../schemas.ts";

const { tags } = tables;

export const Name = label(100).meta({ description: "Unique, without regard to case" });

export const Tag = z
  .object({
    id: Id,
    name: z.string(),
    createdBy: PrincipalId.nullable(),
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Tag", description: "A word by which the whole tenant sorts its assistants" });

/** The columns of an answer, for `select` and `returning` alike. */
export const columns = {
  id: tags.id,
  name: tags.name,
  createdBy: sql.raw("(select 'user:' || p.name from principals p where p.id = tags.created_by)") as SQL<string | null>,
  own: sql<boolean>`${fragment(meUnnarrowed)} and (${fragment(meSuperuser)}
    or coalesce(tags.created_by = ${fragment(me)}, false))`.mapWith(Boolean),
  version: tags.version,
  createdAt: tags.createdAt,
  updatedAt: tags.updatedAt,
};

export const toTag = <R extends { own: boolean }>({ own, ...row }: R) => ({
  ...row,
  permissions: { write: own, delete: own },
});
