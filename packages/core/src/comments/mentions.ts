import { comments, principalReference, assistants as resource } from "../access.ts";
import { invalid } from "../errors.ts";
import { grantBits } from "../grants.ts";
import { guard } from "../statement.ts";

/** Where a comment stands, as SQL: its assistant, whether that is for editors alone, and whom it has mentioned before. */
interface Standing {
  readonly assistant: string;
  readonly editorsOnly: string;
  readonly before: string;
}

const ofNamed = (column: string) => `(select ${column} from comments where id = ${comments.id})`;
const isDraft = (assistant: string) => `(select editing_id from assistants where id = ${assistant}) is not null`;
const beside = {
  assistant: ofNamed("assistant_id"),
  editorsOnly: `${isDraft(ofNamed("assistant_id"))} or ${ofNamed("editors_only")}`,
};

/** The level that a user, `u`, has on the assistant, whoever asks. */
const levelOn = (assistantId: string) => `(select max(iif(x.level = 4, w.owning, x.level)) from (
    select u.id as principal, 3 as owning
    union all select '*', 3 where u.permissions & ${grantBits["tenant:superuser"]}
    union all select m.team_id, m.level from memberships m where m.user_id = u.id) w
  cross join access x on x.principal_id = w.principal
    and x.assistant_id = (select coalesce(editing_id, id) from assistants where id = ${assistantId}))`;

/** Whoever was mentioned before may stay so, whatever has become of it. */
const mayRead = ({ assistant, editorsOnly, before }: Standing) =>
  guard<{ mentioned: string }>(`exists (select 1
  from principals p cross join users u on u.id = p.id where p.name = :mentioned
    and (exists (select 1 from json_each(${before}) where value = p.id)
      or u.enabled and exists (select 1 from seats s where s.user_id = u.id and (s.expires_at is null or s.expires_at > :now))
        and ${levelOn(assistant)} >= iif(${editorsOnly}, 2, 1)))`);

const guards = {
  onAssistant: mayRead({ assistant: resource.id, editorsOnly: isDraft(resource.id), before: "'[]'" }),
  inReply: mayRead({ ...beside, before: "'[]'" }),
  inChange: mayRead({ ...beside, before: ofNamed("mentions") }),
};

const nobody = "Not a user who may read this: mention one who may, by name";

/**
 * The names of those who are mentioned, each once, and the guards that let only readers through. An unknown user is
 * told apart from one who may not read by nothing.
 */
export function mentioning(references: readonly string[], where: keyof typeof guards) {
  const named = references.map((reference, index) => {
    const [name, kind] = principalReference(reference);
    if (kind === "team") throw invalid(`mentions.${index}`, nobody);
    return { name, guard: guards[where]({ mentioned: name }, invalid(`mentions.${index}`, nobody)) };
  });
  return { names: JSON.stringify([...new Set(named.map(({ name }) => name))]), guards: named.map((one) => one.guard) };
}

/** SQL for the ids of these names, as a column keeps them. */
export const mentionedIds = `(select json_group_array(p.id order by n.key) from json_each(:names) n
  cross join principals p on p.name = n.value)`;
