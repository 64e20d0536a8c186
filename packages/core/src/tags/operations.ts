import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import { granted, level, me, tags as resource, signedIn } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { idempotent } from "../idempotency.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { last } from "../records.ts";
import { Nothing, page, paging, Reference, versioned } from "../schemas.ts";
import { nameKeyOf } from "../slug.ts";
import { assign, guard, type Places, read, write } from "../statement.ts";
import { columns, Name, Tag, toTag } from "./schema.ts";

export { add, getOfAssistant, listOfAssistant, remove } from "./attached.ts";

const { tags } = tables;

const tagId = fragment<string>(resource.id);
const tagKey = { id: Reference.meta({ description: "UUID, or name" }) };
const ofAllWithSeat = { seat: true };

const tagsList = listOf({ columns, from: "tags", where: "true", key: "tags.sort_name" });

export const list = operation({
  http: "GET /tags",
  rel: "inf:tags",
  summary: "List all tags by name",
  needs: signedIn("read", ofAllWithSeat),
  input: paging,
  output: page(Tag),
  items: { rel: "inf:tag", at: "/tags/{id}" },
  run: async (ctx, input) => withItems(await tagsList(ctx, input), toTag),
});

const one = read((database) => database.select(columns).from(tags).where(eq(tags.id, tagId)));

export const get = operation({
  http: "GET /tags/{id}",
  summary: "Read a tag",
  needs: level(resource, 1, "read", "read", ofAllWithSeat),
  input: tagKey,
  output: Tag,
  run: async (ctx) => {
    const [row] = await ctx.read(one({}));
    if (!row) throw new StewardError("not_found");
    return toTag(row);
  },
});

const mostTags = 2000;
const roomForOne = guard(`(select count(*) from tags) < ${mostTags}`);
const room = () =>
  roomForOne(
    {},
    new StewardError("conflict", { message: `There are ${mostTags} tags: delete some that nobody needs` }),
  );

const isFree = guard<{ sortName: string }>(`not exists (select 1 from tags
  where sort_name = :sortName and id is not ${resource.id})`);
const isNew = guard<{ sortName: string }>("not exists (select 1 from tags where sort_name = :sortName)");
const taken = () => new StewardError("conflict", { message: "There is a tag of this name: use that one" });

interface Named {
  readonly name: string;
  readonly sortName: string;
  readonly updatedAt: Date;
}

const insert = write((database, places: Places<Named & { id: string }>) =>
  database
    .insert(tags)
    .values({
      ...assign(tags, places, ["id", "name", "sortName", "updatedAt"]),
      createdBy: fragment<string>(me),
      createdAt: places.updatedAt,
    })
    .returning(columns),
);

export const create = operation({
  http: "POST /tags",
  summary: "Create a tag for the whole tenant",
  description: `At most ${mostTags}. Its maker may rename and delete it, and so may superusers.`,
  needs: granted("assistants:create", "write", ofAllWithSeat),
  input: { ...idempotent, name: Name },
  output: Tag,
  errors: ["conflict"],
  run: async (ctx, { name }) => {
    const sortName = nameKeyOf(name);
    const id = ctx.newId();
    const steps = [isNew({ sortName }, taken()), room(), insert({ id, name, sortName, updatedAt: ctx.now })] as const;
    const [row] = last(await ctx.commit(steps, { subject: id, details: { name } }));
    if (!row) throw new StewardError("internal");
    return toTag(row);
  },
});

/** What the trail keeps of what is no more. */
const before = `json_object('before', (select name from tags where id = ${resource.id}))`;

const rename = write((database, places: Places<Named>) =>
  database
    .update(tags)
    .set({ ...assign(tags, places, ["name", "sortName", "updatedAt"]), version: sql`version + 1` })
    .where(eq(tags.id, tagId))
    .returning(columns),
);

export const update = operation({
  http: "PUT /tags/{id}",
  summary: "Rename a tag that you have made; as a superuser, any",
  description: "Assistants keep it under its new name; their versions stay.",
  needs: level(resource, 3, "write", "write", ofAllWithSeat),
  input: { ...tagKey, ...versioned, name: Name },
  output: Tag,
  errors: ["conflict", "version_mismatch"],
  run: async (ctx, { name }) => {
    const sortName = nameKeyOf(name);
    const steps = [isFree({ sortName }, taken()), rename({ name, sortName, updatedAt: ctx.now })] as const;
    const [row] = last(await ctx.commit(steps, { details: { name }, found: { object: before } }));
    if (!row) throw new StewardError("not_found");
    return toTag(row);
  },
});

const erase = write((database) => database.delete(tags).where(eq(tags.id, tagId)));

const delete_ = operation({
  http: "DELETE /tags/{id}",
  summary: "Delete a tag that you have made, as a superuser any, and so take it off everywhere",
  needs: level(resource, 3, "delete", "write", ofAllWithSeat),
  input: { ...tagKey, ...versioned },
  output: Nothing,
  errors: ["version_mismatch"],
  run: async (ctx) => {
    await ctx.commit([erase({})], { found: { object: before } });
  },
});

export { delete_ as delete };
