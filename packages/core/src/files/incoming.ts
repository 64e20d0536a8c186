import { tables } from "@steward/db";
import type { Bound } from "../blobs/store.ts";
import type { Context } from "../context.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { read } from "../statement.ts";
import { cleanName } from "./names.ts";

const { settings } = tables;

const limit = read((database) =>
  database.select({ most: settings.fileBytes }).from(settings).where(fragment("settings.id = 1")),
);

/** How many bytes a file may have now. */
export async function boundOfFiles(ctx: Pick<Context, "read">): Promise<Bound> {
  const [row] = await ctx.read(limit({}));
  if (!row) throw new StewardError("internal");
  const message = `That is more than the ${row.most} bytes that the setting \`fileBytes\` allows`;
  return { most: row.most, tooLarge: new StewardError("too_large", { message }) };
}

/** The name that bytes get: the one that is given, or else the one that they came with. */
export function nameOf(given: string | undefined, sent: string | null): string {
  const name = given ?? cleanName(sent ?? "");
  if (name === null)
    throw invalid("name", "Say what the file is called: in the query, or as the `filename` of the form's part `file`");
  return name;
}
