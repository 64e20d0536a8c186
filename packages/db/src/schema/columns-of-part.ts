import { text } from "drizzle-orm/sqlite-core";
import { assistants } from "./assistants.ts";
import { moment, version } from "./columns.ts";

/**
 * A part of an assistant: `id`, to which assistant it belongs, and in a draft `originId`, the live part that it stands
 * for.
 */
export const part = () => ({
  id: text().primaryKey(),
  assistantId: text("assistant_id")
    .notNull()
    .references(() => assistants.id, { onDelete: "cascade" }),
  originId: text("origin_id"),
  version: version(),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});
