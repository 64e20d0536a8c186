import { sql } from "drizzle-orm";
import * as z from "zod";
import { level, me, principalId, principalReference, users as resource } from "../access.ts";
import { invalid, StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { operation } from "../operation.ts";
import { parsed } from "../records.ts";
import { Id, PrincipalReference, Reference } from "../schemas.ts";
import { guard, type Places, rawWrite, read } from "../statement.ts";

interface Receiver {
  readonly ownerName: string;
  readonly ownerKind: string | null;
}
const receiver = principalId(":ownerName", ":ownerKind");

const known = guard<Receiver>(`${receiver} is not null`);
const another = guard<Receiver>(`${receiver} <> ${resource.id}`);

/** Room for `-2`, `-3` ... behind a slug, up to seven digits. */
const longestStem = 55;

/**
 * Table expressions: who gives and who receives, the assistants that move, and of those whose slug the receiver has
 * already the next free one. A stem has at most as many numbers taken as there are slugs that begin with it; so many and
 * one for each that needs one are enough to choose from.
 */
const moving = `parties(giver, receiver) as materialized (select ${resource.id}, ${receiver}),
  moved as materialized (select a.id, a.slug, p.receiver
    from parties p cross join assistants a on a.owner_id = p.giver and a.editing_id is null),
  clashing as materialized (select m.id, m.slug, m.stem, row_number() over (partition by m.stem order by m.slug) as place
    from (select id, slug, receiver, rtrim(substr(slug, 1, ${longestStem}), '-') as stem from moved) m
    where exists (select 1 from assistants o where o.owner_id = m.receiver and o.slug = m.slug)),
  stems(stem, highest) as materialized (select stem, 1 + count(*) + (select count(*) from parties p cross join assistants o
      on o.owner_id in (p.giver, p.receiver) and o.slug >= stem || '-' and o.slug < stem || '.')
    from clashing group by stem),
  numbers(stem, n, highest) as (select stem, 2, highest from stems
    union all select stem, n + 1, highest from numbers where n < highest),
  free as materialized (select stem, stem || '-' || n as slug, row_number() over (partition by stem order by n) as place
    from parties p cross join numbers
    where not exists (select 1 from assistants o where o.owner_id in (p.giver, p.receiver) and o.slug = stem || '-' || n)),
  renamed as materialized (select c.id, c.slug as was, f.slug
    from clashing c join free f on f.stem = c.stem and f.place = c.place)`;

const mostShown = 100;

const outcome = read((database, _: Places<Receiver>) =>
  database
    .select({
      moved: sql<number>`moved`.as("moved"),
      renamedCount: sql<number>`renamed_count`.as("renamed_count"),
      renamed: sql<z.output<typeof Renamed>[]>`renamed`.mapWith(parsed<z.output<typeof Renamed>[]>).as("renamed"),
    })
    .from(
      fragment(`(with ${moving} select (select count(*) from moved) as moved,
        (select count(*) from renamed) as renamed_count,
        (select json_group_array(json_object('id', id, 'from', was, 'to', slug))
          from (select * from renamed order by was limit ${mostShown})) as renamed) as outcome`),
    ),
);

const move = rawWrite<Receiver>(`with ${moving}
  update assistants set owner_id = given.receiver, slug = given.slug, folder_id = null,
    version = version + 1, updated_at = :now, updated_by = ${me}
  from (select m.id, m.receiver, coalesce(r.slug, m.slug) as slug from moved m left join renamed r on r.id = m.id) given
  where assistants.id = given.id`);

/** Each assistant's own activity tells of it too. These rows are sealed with the next that is written. */
const note = rawWrite<Receiver>(`with ${moving}
  insert into audit (at, user_id, token_id, operation, subject, assistant_id, revision, details)
  select :now, c.user_id, c.token_id, :operation, m.id, m.id,
    (select max(number) from revisions where assistant_id = m.id),
    json_object('from', f.kind || ':' || f.name, 'to', t.kind || ':' || t.name)
  from parties cross join principals f on f.id = giver cross join principals t on t.id = parties.receiver
    cross join credentials c on c.hash = :credential cross join moved m`);

/** For the trail: to whom, under the name that it has, and how many. */
const told = `json_object('to', (select kind || ':' || name from principals where id = ${receiver}),
  'moved', (select count(*) from assistants where owner_id = ${resource.id} and editing_id is null))`;

const Renamed = z.object({ id: Id, from: z.string(), to: z.string() });

const Transferred = z
  .object({
    moved: z.int().meta({ description: "How many assistants have another owner now" }),
    renamedCount: z
      .int()
      .meta({ description: "How many of them have another slug, for the new owner had theirs already" }),
    renamed: z.array(Renamed).meta({ description: `The first ${mostShown} of those, with both slugs` }),
  })
  .meta({ id: "Transferred", description: "What has moved with all assistants of a user" });

export const transfer = operation({
  http: "POST /users/{username}/_transfer",
  rel: "inf:transfer",
  summary: "Give all assistants of a user who leaves to somebody else",
  description:
    "All at once or none, with their drafts, shares, tokens and comments. Where the new owner has a slug already, the moved one gets `-2`, `-3` and so on. Folders stay with their owner. The user may be disabled.",
  needs: level(resource, 3, "administer", "write"),
  input: { username: Reference, ownerId: PrincipalReference.meta({ description: "The new owner: a user or a team" }) },
  output: Transferred,
  errors: ["not_found"],
  status: 200,
  run: async (ctx, { ownerId }) => {
    const [ownerName, ownerKind] = principalReference(ownerId);
    const values = { ownerName, ownerKind };
    const [, , [result]] = await ctx.commit(
      [
        known(values, new StewardError("not_found", { message: "There is no such new owner" })),
        another(values, invalid("ownerId", "Somebody else: the assistants are this user's already")),
        outcome(values),
        note(values),
        move(values),
      ],
      { found: { object: told, values } },
    );
    if (!result) throw new StewardError("internal");
    return result;
  },
});
