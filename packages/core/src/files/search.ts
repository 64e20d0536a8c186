import * as z from "zod";
import { readAssistant } from "../access.ts";
import { assistantKey } from "../assistants/schema.ts";
import { fromCursor, toCursor } from "../cursor.ts";
import { operation } from "../operation.ts";
import { counted } from "../pages.ts";
import { Id, page, paging, text } from "../schemas.ts";
import { askedOf, partsOf, type Range, snippetOf, tokensOf } from "./search-marks.ts";
import { type FoundPassage, passagesWith, pendingFiles } from "./search-statement.ts";

const mostWords = 20;

const Query = text(500, 1)
  .refine((q) => tokensOf(q).length <= mostWords, `At most ${mostWords} words`)
  .meta({
    description: `At most ${mostWords} words, all of which a passage must hold; the last may be the beginning of one. What stands in quotation marks must stand so`,
  });

const Passage = z
  .object({
    file: z.object({ id: Id, filename: z.string() }),
    embeddingId: z.string().meta({ description: "The same as long as the bytes of the file are" }),
    page: z.int().nullable().meta({ description: "From 1 on; null where there are none" }),
    sheet: z.string().nullable(),
    heading: z
      .string()
      .nullable()
      .meta({ description: "The headings above it, the outermost first, with ` > ` between" }),
    start: z.int().meta({ description: "Where in the text of the file it begins, in UTF-16 units" }),
    end: z.int(),
    snippet: z.string().meta({ description: "The part of it that shows best why it was found" }),
    marks: z
      .array(z.object({ start: z.int(), end: z.int() }))
      .meta({ description: "Where in `snippet` what was asked for stands, in UTF-16 units" }),
    score: z.number().meta({ description: "How well it fits, within this answer: the higher, the better" }),
    href: z.string().meta({ description: "Where the file's bytes are, opened at this place" }),
  })
  .meta({ id: "Passage", description: "A passage of a file that holds what was asked for" });

/** What a browser opens the file at: a page, or else the words from the first hit to the end of its line. */
function placeIn({ page: number }: FoundPassage, snippet: string, [mark]: readonly Range[]): string {
  if (number !== null) return `#page=${number}`;
  const line = mark && /^[^\n]{1,60}(?=\s|$)/.exec(snippet.slice(mark[0]));
  return line ? `#:~:text=${encodeURIComponent(line[0].trim()).replaceAll("-", "%2D")}` : "";
}

export const search = operation({
  http: "GET /assistants/{id}/files/_search",
  rel: "inf:files-search",
  summary: "Search the files of an assistant",
  description: `Passages that hold every word, the best first. At most ${counted.toLocaleString("en")} can be read; where more than 2,000 hold the words, those of the older files are ranked. \`pending\` tells how many files cannot be found yet.`,
  needs: readAssistant,
  input: {
    ...assistantKey,
    q: Query,
    start: z.int().min(0).max(counted).default(0).meta({ description: "How many to skip" }),
    limit: paging.limit,
    cursor: paging.cursor,
  },
  output: page(Passage).extend({
    pending: z.int().meta({ description: "How many files are still being read or indexed" }),
  }),
  items: { rel: "inf:passage" },
  run: async (ctx, { id, q, start: wanted, limit, cursor }) => {
    const asked = ["files.search", id, q];
    const start = cursor === undefined ? wanted : fromCursor(cursor, asked).start;
    const count = Math.max(0, Math.min(limit, counted - start));
    const parts = partsOf(q);
    const [rows, [pending = 0], { subjectId }] = await Promise.all([
      ctx.read(passagesWith(parts, { limit: count, offset: start })),
      ctx.read(pendingFiles()),
      ctx.facts(),
    ]);
    const words = askedOf(parts);
    const items = rows.flatMap(({ passage }) => {
      if (!passage) return [];
      const { position, fileId, filename, text: whole, score, ...place } = passage;
      const { snippet, marks } = snippetOf(whole, words);
      const contents = `/api/assistants/${subjectId}/files/${fileId}/contents`;
      return {
        ...place,
        file: { id: fileId, filename },
        embeddingId: String(position),
        snippet,
        marks: marks.map(([from, to]) => ({ start: from, end: to })),
        score: -score,
        href: contents + placeIn(passage, snippet, marks),
      };
    });
    const all = rows[0]?.total ?? 0;
    const total = Math.min(all, counted);
    const end = start + items.length;
    return {
      items,
      start,
      count: items.length,
      total,
      totalIsExact: all <= counted,
      next: items.length > 0 && end < total ? toCursor({ key: end, id: "", start: end }, asked) : null,
      pending,
    };
  },
});
