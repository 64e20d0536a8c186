import { assistantLevel } from "../access.ts";
import { holdsWords } from "../listing/words.ts";

/** An entry of the index is the assistant's number below this bit; above it stands a principal's. */
const bitsOfNumber = 40;

/**
 * SQL for what a person typed, in the index's language, once for each principal that the caller is: every word must
 * occur, and the last one may be the beginning of a word. Words hold letters and digits alone, so nothing typed has a
 * meaning of its own. Terms begin with the principal, so that nothing is read that no such principal can see.
 */
const query = `coalesce((select group_concat('(' || replace(t.terms, '|', n.number || 'x') || ')', ' OR ')
    from (select group_concat('"|' || token || '"', ' AND ' order by position) || '*' as terms from words where input = :q) t
      cross join caller c on c.only is null cross join principal_numbers n on n.principal_id = c.principal), '""')`;

/** SQL for the assistants `a` that a search finds among what the caller may see. */
export const searched = [
  `(select distinct f.rowid & ${2 ** bitsOfNumber - 1} as number from assistant_search f
    where f.assistant_search match ${query}) f cross join assistants a on a.number = f.number`,
  `(select only from caller where only is not null limit 1) o cross join assistants a on a.id = o.only
    and ${assistantLevel("a.id")} is not null and ${holdsWords}`,
];
