import { sql } from "drizzle-orm";
import * as z from "zod";
import { me, principalId, users as resource } from "../access.ts";
import { fragment } from "../fragment.ts";
import { parsed } from "../records.ts";
import { Id } from "../schemas.ts";
import { type Places, rawWrite, read } from "../statement.ts";

export interface Receiver {
  readonly ownerName: string;
  readonly ownerKind: string | null;
}
/** SQL for the id of the one who receives. */
export const receiver = principalId(":ownerName", ":ownerKind");

const Renamed = z.object({ id: Id, from: z.string(), to: z.string() });
const mostShown = 100;

/** What has moved of one kind. */
export const movedOf = (kind: string) => ({
  moved: z.int().meta({ description: `How many ${kind} have another owner now` }),
  renamedCount: z
    .int()
    .meta({ description: "How many of them have another slug, for the new owner had theirs already" }),
  renamed: z.array(Renamed).meta({ description: `The first ${mostShown} of those, with both slugs` }),
});

/** A kind of row that moves. */
interface Moving {
  readonly table: string;
  /** SQL for which rows `a` of the giver's move. */
  readonly which: string;
  /** SQL for further columns that change with the owner. */
  readonly also?: string;
  /** SQL for the assistant to which the row `m` belongs in the trail, and for its revision. */
  readonly activity: string;
}

/** Room for `-2`, `-3` ... behind a slug, up to seven digits. */
const longestStem = 55;

/**
 * Table expressions: who gives and who receives, the rows that move, and of those whose slug the receiver has already the
 * next free one. A stem has at most as many numbers taken as there are slugs that begin with it; so many and one for each
 * that needs one are enough to choose from.
 */
const moving = ({ table, which }: Moving) =>
  `parties(giver, receiver) as materialized (select ${resource.id}, ${receiver}),
  moved as materialized (select a.id, a.slug, p.receiver
    from parties p cross join ${table} a on a.owner_id = p.giver and ${which}),
  clashing as materialized (select m.id, m.slug, m.stem, row_number() over (partition by m.stem order by m.slug) as place
    from (select id, slug, receiver, rtrim(substr(slug, 1, ${longestStem}), '-') as stem from moved) m
    where exists (select 1 from ${table} o where o.owner_id = m.receiver and o.slug = m.slug)),
  stems(stem, highest) as materialized (select stem, 1 + count(*) + (select count(*) from parties p cross join ${table} o
      on o.owner_id in (p.giver, p.receiver) and o.slug >= stem || '-' and o.slug < stem || '.')
    from clashing group by stem),
  numbers(stem, n, highest) as (select stem, 2, highest from stems
    union all select stem, n + 1, highest from numbers where n < highest),
  free as materialized (select stem, stem || '-' || n as slug, row_number() over (partition by stem order by n) as place
    from parties p cross join numbers
    where not exists (select 1 from ${table} o where o.owner_id in (p.giver, p.receiver) and o.slug = stem || '-' || n)),
  renamed as materialized (select c.id, c.slug as was, f.slug
    from clashing c join free f on f.stem = c.stem and f.place = c.place)`;

/** The statements that move all rows of a kind from one owner to another. */
export function movesOf(kind: Moving) {
  const { table, which, also = "", activity } = kind;
  const outcome = read((database, _: Places<Receiver>) =>
    database
      .select({
        moved: sql<number>`moved`.as("moved"),
        renamedCount: sql<number>`renamed_count`.as("renamed_count"),
        renamed: sql<z.output<typeof Renamed>[]>`renamed`.mapWith(parsed<z.output<typeof Renamed>[]>).as("renamed"),
      })
      .from(
        fragment(`(with ${moving(kind)} select (select count(*) from moved) as moved,
          (select count(*) from renamed) as renamed_count,
          (select json_group_array(json_object('id', id, 'from', was, 'to', slug))
            from (select * from renamed order by was limit ${mostShown})) as renamed) as outcome`),
      ),
  );
  const move = rawWrite<Receiver>(`with ${moving(kind)}
    update ${table} set owner_id = given.receiver, slug = given.slug${also},
      version = version + 1, updated_at = :now, updated_by = ${me}
    from (select m.id, m.receiver, coalesce(r.slug, m.slug) as slug from moved m left join renamed r on r.id = m.id) given
    where ${table}.id = given.id`);
  /** The trail of each tells of it too. These rows are sealed with the next that is written. */
  const note = rawWrite<Receiver>(`with ${moving(kind)}
    insert into audit (at, user_id, token_id, operation, subject, assistant_id, revision, details)
    select :now, c.user_id, c.token_id, :operation, m.id, ${activity},
      json_object('from', f.kind || ':' || f.name, 'to', t.kind || ':' || t.name)
    from parties cross join principals f on f.id = giver cross join principals t on t.id = parties.receiver
      cross join credentials c on c.hash = :credential cross join moved m`);
  /** SQL for how many will move. */
  const count = `(select count(*) from ${table} a where a.owner_id = ${resource.id} and ${which})`;
  return { outcome, note, move, count };
}
