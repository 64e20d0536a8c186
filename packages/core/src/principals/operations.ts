import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import * as z from "zod";
import { principalId, principalReference, signedIn } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { PrincipalId, PrincipalReference, page, paging, text } from "../schemas.ts";
import { type Places, read } from "../statement.ts";

const { principals } = tables;

const Principal = z
  .object({ id: PrincipalId, type: z.enum(["user", "team"]), name: z.string(), displayName: z.string() })
  .meta({ id: "Principal", description: "A user or a team, by name" });

const columns = {
  id: sql<string>`principals.kind || ':' || principals.name`,
  type: principals.kind,
  name: principals.name,
  displayName: principals.displayName,
};

const named = listOf({
  columns,
  from: "principals",
  where: `principals.kind = coalesce(:type, principals.kind) and (:q is null
    or instr(lower(principals.name), :q) > 0 or instr(lower(principals.display_name), :q) > 0)`,
  key: "principals.name",
});

/** As SQLite's lower() does it, which knows the letters of ASCII only. */
const lower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

export const search = operation({
  http: "GET /principals",
  rel: "inf:principals",
  summary: "Look up users and teams by name, to share with them",
  needs: signedIn("read"),
  input: {
    ...paging,
    q: text(100, 1).optional().meta({ description: "A part of the name or of the display name" }),
    type: z.enum(["user", "team"]).optional(),
  },
  output: page(Principal),
  items: { rel: "inf:principal", at: "/principals/{id}" },
  run: (ctx, { q, type, ...input }) => named(ctx, input, { q: q === undefined ? null : lower(q), type: type ?? null }),
});

const one = read((database, _: Places<{ name: string; kind: string | null }>) =>
  database
    .select(columns)
    .from(principals)
    .where(eq(principals.id, fragment(principalId(":name", ":kind")))),
);

export const get = operation({
  http: "GET /principals/{id}",
  summary: "Look up a user or a team by its whole name",
  needs: signedIn("read"),
  input: { id: PrincipalReference },
  output: Principal,
  errors: ["not_found"],
  run: async (ctx, { id }) => {
    const [name, kind] = principalReference(id);
    const [row] = await ctx.read(one({ name, kind }));
    if (!row) throw new StewardError("not_found");
    return row;
  },
});
