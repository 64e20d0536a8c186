import { sql } from "drizzle-orm";
import { type AnySQLiteColumn, index, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { assistants } from "./assistants.ts";
import { flag, moment, version } from "./columns.ts";
import { principals, users } from "./people.ts";

/** `editorsOnly`: made on a draft, and so for its editors after the commit as well. `mentions` are ids of users. */
export const comments = sqliteTable(
  "comments",
  {
    id: text().primaryKey(),
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    parentId: text("parent_id").references((): AnySQLiteColumn => comments.id, { onDelete: "cascade" }),
    userId: text("user_id").references(() => users.id, { onDelete: "set null" }),
    message: text().notNull(),
    mentions: text({ mode: "json" }).$type<string[]>().notNull(),
    editorsOnly: flag("editors_only", false),
    resolvedAt: moment("resolved_at"),
    resolvedBy: text("resolved_by"),
    editedAt: moment("edited_at"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("comments_by_assistant").on(table.assistantId, table.parentId, table.id),
    index("comments_by_parent").on(table.parentId, table.id),
    index("comments_by_user").on(table.userId),
  ],
);

/** Words by which the whole tenant sorts its assistants. */
export const tags = sqliteTable(
  "tags",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    createdBy: text("created_by"),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [uniqueIndex("tags_by_name").on(table.sortName)],
);

export const assistantTags = sqliteTable(
  "assistant_tags",
  {
    assistantId: text("assistant_id")
      .notNull()
      .references(() => assistants.id, { onDelete: "cascade" }),
    tagId: text("tag_id")
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.assistantId, table.tagId] }),
    index("assistant_tags_by_tag").on(table.tagId, table.assistantId),
  ],
);

/** A tree of each owner's; an assistant lies in one of its own owner's, or in none. */
export const folders = sqliteTable(
  "folders",
  {
    id: text().primaryKey(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => principals.id, { onDelete: "cascade" }),
    parentId: text("parent_id"),
    name: text().notNull(),
    sortName: text("sort_name").notNull(),
    version: version(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("folders_by_parent_and_name").on(table.parentId, table.sortName).where(sql`parent_id is not null`),
    uniqueIndex("folders_by_owner_and_name").on(table.ownerId, table.sortName).where(sql`parent_id is null`),
    index("folders_by_owner").on(table.ownerId, table.id),
  ],
);
