import { tables } from "@steward/db";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { me, readAssistant, writeAsReader } from "../access.ts";
import { assistantId, assistantKey, isLinkedToLive, notOfDraft } from "../assistants/schema.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { Nothing } from "../schemas.ts";
import { onMiss, type Places, read, write } from "../statement.ts";

const { favorites } = tables;

const Favorite = z
  .object({ favorited: z.boolean() })
  .meta({ id: "Favorite", description: "Whether the caller has marked an assistant" });

const mine = and(eq(favorites.assistantId, assistantId), eq(favorites.userId, fragment(me)));
const marks = read((database) => database.select({ at: favorites.createdAt }).from(favorites).where(mine));

export const get = operation({
  http: "GET /assistants/{id}/favorite",
  rel: "inf:favorite",
  linked: isLinkedToLive,
  summary: "Whether an assistant is a favorite of yours",
  needs: readAssistant,
  input: assistantKey,
  output: Favorite,
  run: async (ctx) => ({ favorited: (await ctx.read(marks({}))).length > 0 }),
});

const mark = write((database, places: Places<{ at: Date }>) =>
  database
    .insert(favorites)
    .values({ assistantId, userId: fragment<string>(me), createdAt: places.at })
    .onConflictDoNothing(),
);

const unmark = write((database) => database.delete(favorites).where(mine));

export const set = operation({
  http: "PUT /assistants/{id}/favorite",
  summary: "Make an assistant a favorite of yours, or none",
  description: "201 when it was none before, 200 otherwise. Nobody else sees it. Not for a draft: mark its original.",
  needs: writeAsReader("favorite"),
  input: { ...assistantKey, favorited: z.boolean().default(true) },
  output: Favorite,
  errors: ["conflict"],
  created: (_, made) => made,
  run: async (ctx, { favorited }) => {
    const steps = favorited
      ? ([marks({}), notOfDraft("favorite"), onMiss("ignore", mark({ at: ctx.now }))] as const)
      : ([marks({}), onMiss("ignore", unmark({}))] as const);
    const [before] = await ctx.commit(steps, { assistant: null });
    if (favorited && before.length === 0) ctx.made();
    return { favorited };
  },
});

const remove = operation({
  http: "DELETE /assistants/{id}/favorite",
  summary: "Make an assistant no favorite of yours any more, or leave it none",
  needs: writeAsReader("favorite"),
  input: assistantKey,
  output: Nothing,
  run: async (ctx) => {
    await ctx.commit([onMiss("ignore", unmark({}))], { assistant: null });
  },
});

export { remove as delete };
