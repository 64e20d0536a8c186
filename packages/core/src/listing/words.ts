import { text } from "../schemas.ts";

/** Each is looked for once for every principal that the caller is, or in every row that it sees. */
const mostWords = 20;

/** What a person types to find something. */
export const Words = text(200, 1)
  .refine((asked) => (asked.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) <= mostWords, `At most ${mostWords} words`)
  .meta({ description: "Words of the name, the slug or the description, at most 20" });

/** SQL for whether the words of the row `a` are those asked for: every one occurs, and the last may be the beginning of one. */
export const holdsWords = `exists (select 1 from words where input = :q) and not exists (select 1 from words asked where asked.input = :q
    and not exists (select 1 from words w where w.input = a.name || ' ' || a.slug || ' ' || coalesce(a.description, '')
      and iif(asked.position < (select max(position) from words where input = :q), w.token = asked.token,
        substr(w.token, 1, length(asked.token)) = asked.token)))`;
