import { tables } from "@steward/db";
import { and, eq } from "drizzle-orm";
import { me, readAssistant, assistants as resource, tags as tagResource, writeAssistant } from "../access.ts";
import { assistantId, assistantKey, isLinkedToLive, notOfDraft } from "../assistants/schema.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf, withItems } from "../pages.ts";
import { Nothing, page, paging, Reference } from "../schemas.ts";
import { guard, type Places, rawWrite, read, write } from "../statement.ts";
import { columns, Tag, toTag } from "./schema.ts";

const { assistantTags, tags } = tables;

/** The tag that the request names beside the assistant, by UUID or by name. */
const tagId = tagResource.id.replaceAll(":subject", ":tag");
type Named = Record<"tag1" | "tag2", string | null>;
const asNamed = (text: string): Named => {
  const [tag1, tag2] = tagResource.reference(text);
  return { tag1, tag2 };
};

const key = { ...assistantKey, tagId: Reference.meta({ description: "UUID, or name" }) };
const items = { rel: "inf:tag", at: "/assistants/{id}/tags/{tagId}" };

const attached = (tag: string) =>
  `exists (select 1 from assistant_tags x where x.assistant_id = ${resource.id} and x.tag_id = ${tag})`;

const tagsList = listOf({
  columns,
  from: "assistant_tags cross join tags on tags.id = assistant_tags.tag_id",
  where: `assistant_tags.assistant_id = ${resource.id}`,
  key: "tags.sort_name",
});

export const listOfAssistant = operation({
  http: "GET /assistants/{id}/tags",
  rel: "inf:tags",
  linked: isLinkedToLive,
  summary: "List the tags of an assistant by name",
  needs: readAssistant,
  input: { ...assistantKey, ...paging },
  output: page(Tag),
  items,
  run: async (ctx, { id: _resolved, ...input }) => withItems(await tagsList(ctx, input), toTag),
});

const one = read((database, _: Places<Named>) =>
  database
    .select(columns)
    .from(tags)
    .where(fragment(`tags.id = ${tagId} and ${attached("tags.id")}`)),
);

export const getOfAssistant = operation({
  http: "GET /assistants/{id}/tags/{tagId}",
  summary: "Read a tag of an assistant",
  needs: readAssistant,
  input: key,
  output: Tag,
  run: async (ctx, { tagId: named }) => {
    const [row] = await ctx.read(one(asNamed(named)));
    if (!row) throw new StewardError("not_found");
    return toTag(row);
  },
});

/** What the trail keeps. */
const whichTag = `json_object('tag', (select name from tags where id = ${tagId}))`;

const mostOfAssistant = 50;
const known = guard<Named>(`${tagId} is not null`);
const room = guard<Named>(`${attached(tagId)}
  or (select count(*) from assistant_tags where assistant_id = ${resource.id}) < ${mostOfAssistant}`);
const full = () => new StewardError("conflict", { message: `An assistant has at most ${mostOfAssistant} tags` });

/** What changes nothing raises no version. */
const touch = (when: string) =>
  rawWrite<Named>(`update assistants set version = version + 1, updated_at = :now, updated_by = ${me}
    where id = ${resource.id} and ${when}`);
const touchForNew = touch(`not ${attached(tagId)}`);
const touchForGone = touch(attached(tagId));

const attach = rawWrite<Named>(`insert into assistant_tags (assistant_id, tag_id, created_at)
  select ${resource.id}, ${tagId}, :now where not ${attached(tagId)}`);

export const add = operation({
  http: "PUT /assistants/{id}/tags/{tagId}",
  summary: "Tag an assistant",
  description: `201 when it did not have the tag, 200 when it did. At most ${mostOfAssistant} an assistant; none on a draft.`,
  needs: writeAssistant,
  input: key,
  output: Tag,
  errors: ["conflict"],
  created: (_, made) => made,
  run: async (ctx, { tagId: named }) => {
    const values = asNamed(named);
    const [, , , before, , , [row]] = await ctx.commit(
      [
        notOfDraft("tags"),
        known(values, new StewardError("not_found")),
        room(values, full()),
        one(values),
        touchForNew(values),
        attach(values),
        one(values),
      ],
      { found: { object: whichTag, values } },
    );
    if (!row) throw new StewardError("internal");
    if (before.length === 0) ctx.made();
    return toTag(row);
  },
});

const detach = write((database, _: Places<Named>) =>
  database
    .delete(assistantTags)
    .where(and(eq(assistantTags.assistantId, assistantId), eq(assistantTags.tagId, fragment(tagId)))),
);

export const remove = operation({
  http: "DELETE /assistants/{id}/tags/{tagId}",
  summary: "Take a tag off an assistant",
  needs: writeAssistant,
  input: key,
  output: Nothing,
  run: async (ctx, { tagId: named }) => {
    const values = asNamed(named);
    await ctx.commit([touchForGone(values), detach(values)], { found: { object: whichTag, values } });
  },
});
