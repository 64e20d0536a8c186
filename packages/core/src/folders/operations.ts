import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import {
  level,
  me,
  meSuperuser,
  owners,
  principalId,
  principalReference,
  folders as resource,
  signedIn,
} from "../access.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { defined, keysOf, last } from "../records.ts";
import { Nothing, PrincipalReference, page, paging, Reference, versioned } from "../schemas.ts";
import { nameKeyOf } from "../slug.ts";
import { assign, guard, type Places, rawWrite, read, write } from "../statement.ts";
import { levelByOwner } from "./placing.ts";
import {
  columns,
  deepest,
  depthOfParent,
  Folder,
  height,
  itsOwn,
  mostOfOwner,
  Name,
  parentIsWithin,
  toFolder,
} from "./schema.ts";

const { folders } = tables;

const folderId = fragment<string>(resource.id);
const folderKey = { id: Reference.meta({ description: "The folder's UUID" }) };
const ParentId = Reference.toLowerCase().nullable();
const withSeat = { seat: true };

const namedOwner = principalId(":ownerName", ":ownerKind");
const seen = `${levelByOwner("folders.owner_id")} >= 1`;
const mine = `folders.owner_id in (select ${me} union all select m.team_id from memberships m where m.user_id = ${me}
  union all select p.id from principals p where ${meSuperuser})`;
const ofNamed = `folders.owner_id = ${namedOwner} and ${seen}`;

const listWhere = (where: string) =>
  listOf({ columns, from: "folders", where, key: "(folders.sort_name || char(1) || folders.id)" });
const lists = {
  mine: {
    anywhere: listWhere(mine),
    top: listWhere(`${mine} and folders.parent_id is null`),
    within: listWhere(`folders.parent_id = :parentId and ${seen}`),
  },
  named: {
    anywhere: listWhere(ofNamed),
    top: listWhere(`${ofNamed} and folders.parent_id is null`),
    within: listWhere(`folders.parent_id = :parentId and ${ofNamed}`),
  },
};

/** Instead of a folder's id: those that lie in none. */
const noParent = "none";

export const list = operation({
  http: "GET /folders",
  rel: "inf:folders",
  summary: "List your folders and those of your teams by name; for a superuser, all",
  needs: signedIn("read", withSeat),
  input: {
    ...paging,
    parentId: Reference.toLowerCase()
      .optional()
      .meta({ description: `Those that lie in this folder; \`${noParent}\` for those at the top` }),
    ownerId: PrincipalReference.optional(),
  },
  output: page(Folder),
  items: { rel: "inf:folder", at: "/folders/{id}" },
  run: async (ctx, { parentId, ownerId, ...input }) => {
    const [ownerName, ownerKind] = principalReference(ownerId ?? "");
    const parent = parentId === undefined ? "anywhere" : parentId === noParent ? "top" : "within";
    const owner = ownerId === undefined ? "mine" : "named";
    const values = { parentId: parentId ?? null, ownerName, ownerKind };
    const [found, facts] = await Promise.all([lists[owner][parent](ctx, input, values), ctx.facts()]);
    return withItems(found, (row) => toFolder(row, facts));
  },
});

const one = read((database) => database.select(columns).from(folders).where(eq(folders.id, folderId)));

export const get = operation({
  http: "GET /folders/{id}",
  summary: "Read a folder",
  needs: level(resource, 1, "read", "read", withSeat),
  input: folderKey,
  output: Folder,
  run: async (ctx) => {
    const [[row], facts] = await Promise.all([ctx.read(one({})), ctx.facts()]);
    if (!row) throw new StewardError("not_found");
    return toFolder(row, facts);
  },
});

const conflict = (message: string) => new StewardError("conflict", { message });
const noFolder = () => invalid("parentId", "Not a folder of the same owner that you may see");
const taken = () => conflict("A folder of this name is there already: take another name");
const tooDeep = () => conflict(`Folders lie at most ${deepest} deep within each other`);

interface Within {
  readonly parentId: string | null;
}
interface NewFolder extends Within {
  readonly id: string;
  readonly name: string;
  readonly sortName: string;
  readonly inherits: 0 | 1;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
type Placed = Pick<NewFolder, "parentId" | "inherits">;

/** Whose folder it is to lie in, where nobody is named. */
const newOwner = `iif(:inherits, (select owner_id from folders where id = :parentId), ${owners.id})`;

const inSameOwners = guard<Placed>(`:parentId is null or ${levelByOwner(newOwner)} >= 1
  and ${newOwner} = (select owner_id from folders where id = :parentId)`);
const mayFill = guard<Placed>(`${levelByOwner(newOwner)} >= 2`);
const isNew = guard<Placed & { sortName: string }>(`not exists (select 1 from folders
  where owner_id = ${newOwner} and parent_id is :parentId and sort_name = :sortName)`);
const roomAbove = guard<Within>(`:parentId is null or ${depthOfParent} < ${deepest}`);
const roomBeside = guard<Placed>(`(select count(*) from folders where owner_id = ${newOwner}) < ${mostOfOwner}`);

const insert = write((database, places: Places<NewFolder>) =>
  database
    .insert(folders)
    .values({
      ...assign(folders, places, ["id", "name", "sortName", "parentId", "createdAt", "updatedAt"]),
      ownerId: fragment<string>(newOwner),
    })
    .returning(columns),
);

export const create = operation({
  http: "POST /folders",
  summary: "Create a folder of yours, or of a team in which you may write",
  description: `At most ${mostOfOwner} an owner, ${deepest} deep. In another folder, it belongs to whom that belongs to.`,
  needs: level(owners, 2, "write", "write", withSeat),
  input: {
    ...idempotent,
    name: Name,
    parentId: ParentId.default(null),
    ownerId: PrincipalReference.optional().meta({ description: "Yourself, or a team in which you may write" }),
  },
  output: Folder,
  errors: ["forbidden", "not_found", "conflict"],
  run: async (ctx, { name, parentId, ownerId }) => {
    const placed = { parentId, inherits: parentId !== null && ownerId === undefined ? 1 : 0 } as const;
    const row = { ...placed, id: ctx.newId(), name, sortName: nameKeyOf(name), createdAt: ctx.now, updatedAt: ctx.now };
    const steps = [
      inSameOwners(placed, noFolder()),
      mayFill(placed, new StewardError("forbidden")),
      isNew(row, taken()),
      roomAbove(placed, tooDeep()),
      roomBeside(placed, conflict(`An owner has at most ${mostOfOwner} folders: delete some`)),
      insert(row),
    ] as const;
    const [made] = last(await ctx.commit(steps, { subject: row.id, details: { name } }));
    if (!made) throw new StewardError("internal");
    return toFolder(made, await ctx.facts());
  },
});

interface Moved extends Within {
  readonly moves: 0 | 1;
}

const ofSameOwner = guard<Within>(`:parentId is null
  or (select owner_id from folders where id = :parentId) = ${itsOwn("owner_id")}`);
const notWithinItself = guard<Within>(`not ${parentIsWithin}`);
const roomForAll = guard<Within>(`:parentId is null or ${depthOfParent} + ${height} <= ${deepest}`);
const isFree = guard<Moved & { sortName: string | null }>(`not exists (select 1 from folders
  where owner_id = ${itsOwn("owner_id")} and parent_id is iif(:moves, :parentId, ${itsOwn("parent_id")})
    and sort_name = coalesce(:sortName, ${itsOwn("sort_name")}) and id <> ${resource.id})`);

type Changes = Partial<Pick<NewFolder, "name" | "sortName" | "parentId">> & { updatedAt: Date };

const change = write((database, places: Places<Changes>, keys: readonly (keyof Changes)[]) =>
  database
    .update(folders)
    .set({ ...assign(folders, places, keys), version: sql`version + 1` })
    .where(eq(folders.id, folderId))
    .returning(columns),
);

export const update = operation({
  http: "PUT /folders/{id}",
  summary: "Rename or move a folder, with all that lies in it",
  description: "Only the keys that are given. It stays its owner's, and cannot lie within itself.",
  needs: level(resource, 2, "write", "write", withSeat),
  input: {
    ...folderKey,
    ...versioned,
    name: Name.optional(),
    parentId: ParentId.optional().meta({ description: "Another folder of its owner's; null for the top" }),
  },
  output: Folder,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { name, parentId }) => {
    const sortName = name === undefined ? undefined : nameKeyOf(name);
    const moved: Moved = { parentId: parentId ?? null, moves: parentId === undefined ? 0 : 1 };
    const values: Changes = defined({ name, sortName, parentId, updatedAt: ctx.now });
    const steps = [
      ofSameOwner(moved, noFolder()),
      notWithinItself(moved, conflict("A folder cannot lie within itself")),
      roomForAll(moved, tooDeep()),
      isFree({ ...moved, sortName: sortName ?? null }, taken()),
      change(values, keysOf(values)),
    ] as const;
    const [row] = last(await ctx.commit(steps, { details: defined({ name, parentId }) }));
    if (!row) throw new StewardError("not_found");
    return toFolder(row, await ctx.facts());
  },
});

const moveUpFits = guard(`not exists (select 1 from folders c cross join folders s
    on s.owner_id = c.owner_id and s.parent_id is ${itsOwn("parent_id")} and s.sort_name = c.sort_name
  where c.parent_id = ${resource.id} and s.id <> ${resource.id})`);
/** So that a folder within may have the same name, and take its place. */
const yieldName = rawWrite(`update folders set sort_name = id where id = ${resource.id}`);
const moveFolders = rawWrite(`update folders set parent_id = ${itsOwn("parent_id")}, version = version + 1,
  updated_at = :now where parent_id = ${resource.id}`);
/** When they were last changed stays as it was: nobody has changed what they do. */
const moveAssistants = rawWrite(`update assistants set folder_id = ${itsOwn("parent_id")}, version = version + 1
  where folder_id = ${resource.id}`);
const remove = write((database) => database.delete(folders).where(eq(folders.id, folderId)));

/** What the trail keeps of what is no more. */
const before = `(select json_object('name', name, 'parentId', parent_id) from folders where id = ${resource.id})`;

const remove_ = operation({
  http: "DELETE /folders/{id}",
  summary: "Delete a folder; what lies in it moves up to where it was",
  description: "409 where a folder of the same name is there already: rename one of the two first.",
  needs: level(resource, 2, "delete", "write", withSeat),
  input: { ...folderKey, ...versioned },
  output: Nothing,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx) => {
    const clash = conflict("A folder in it has the name of one beside it: rename one of the two first");
    const steps = [moveUpFits({}, clash), yieldName({}), moveAssistants({}), moveFolders({}), remove({})] as const;
    await ctx.commit(steps, { found: { object: before } });
  },
});

export { remove_ as delete };
