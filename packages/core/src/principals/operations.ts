import { tables } from "@steward/db";
import { sql } from "drizzle-orm";
import * as z from "zod";
import { signedIn } from "../access.ts";
import { operation } from "../operation.ts";
import { listOf } from "../pages.ts";
import { PrincipalId, page, paging, text } from "../schemas.ts";

const { principals } = tables;

const Principal = z
  .object({ id: PrincipalId, type: z.enum(["user", "team"]), name: z.string(), displayName: z.string() })
  .meta({ id: "Principal", description: "A user or a team, by name" });

const named = listOf({
  columns: {
    id: sql<string>`principals.kind || ':' || principals.name`,
    type: principals.kind,
    name: principals.name,
    displayName: principals.displayName,
  },
  from: "principals",
  where: `principals.kind = coalesce(:type, principals.kind) and (:q is null
    or instr(lower(principals.name), :q) > 0 or instr(lower(principals.display_name), :q) > 0)`,
  key: "principals.name",
});

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
  items: { rel: "inf:principal", at: "/principals" },
  run: (ctx, { q, type, ...input }) => named(ctx, input, { q: q?.toLowerCase() ?? null, type: type ?? null }),
});
