import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Level, folders as resource } from "../access.ts";
import { fragment } from "../fragment.ts";
import type { Facts } from "../gate.ts";
import { Id, label, Moment, PrincipalId, Version } from "../schemas.ts";
import { levelByOwner } from "./placing.ts";

const { folders } = tables;

export const Name = label(255).meta({ description: "Unique in its folder, without regard to case" });

export const Folder = z
  .object({
    id: Id,
    name: z.string(),
    parentId: Id.nullable().meta({ description: "The folder in which it lies; null at the top" }),
    ownerId: PrincipalId,
    permissions: z.object({ write: z.boolean(), delete: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Folder", description: "Where its owner keeps assistants, and other folders" });

/** The columns of an answer, for `select` and `returning` alike. */
export const columns = {
  id: folders.id,
  name: folders.name,
  parentId: folders.parentId,
  ownerId: sql<string>`${sql.raw("(select p.kind || ':' || p.name from principals p where p.id = folders.owner_id)")}`,
  level: sql<Level>`${fragment(levelByOwner("folders.owner_id"))}`,
  version: folders.version,
  createdAt: folders.createdAt,
  updatedAt: folders.updatedAt,
};

export function toFolder<R extends { level: Level }>({ level, ...row }: R, { maxLevel }: Facts) {
  const writes = Math.min(level, maxLevel) >= 2;
  return { ...row, permissions: { write: writes, delete: writes } };
}

/** How many folders may lie within each other, and how many an owner may have. */
export const deepest = 20;
export const mostOfOwner = 1000;

/** SQL for a value of the folder that the request names. */
export const itsOwn = (column: "owner_id" | "parent_id" | "sort_name") =>
  `(select ${column} from folders where id = ${resource.id})`;

/** The folder `:parentId` and all in which it lies, with how far up they are. */
const upwards = `recursive up(id, steps) as (select :parentId, 1
  union all select f.parent_id, up.steps + 1 from up cross join folders f on f.id = up.id
    where f.parent_id is not null and up.steps <= ${deepest})`;
/** The folder that the request names and all that lie in it, with how far down they are. */
const downwards = `recursive down(id, steps) as (select ${resource.id}, 1
  union all select f.id, down.steps + 1 from down cross join folders f on f.parent_id = down.id
    where down.steps <= ${deepest})`;

export const depthOfParent = `(with ${upwards} select max(steps) from up)`;
export const height = `(with ${downwards} select max(steps) from down)`;
export const parentIsWithin = `exists (with ${upwards} select 1 from up where id = ${resource.id})`;
