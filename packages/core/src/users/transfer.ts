import * as z from "zod";
import { level, principalReference, users as resource } from "../access.ts";
import { invalid, StewardError } from "../errors.ts";
import { operation } from "../operation.ts";
import { PrincipalReference, Reference } from "../schemas.ts";
import { guard } from "../statement.ts";
import { movedOf, movesOf, type Receiver, receiver } from "./moving.ts";

const known = guard<Receiver>(`${receiver} is not null`);
const another = guard<Receiver>(`${receiver} <> ${resource.id}`);

/** Folders stay with their owner, and drafts follow their originals. */
const assistants = movesOf({
  table: "assistants",
  which: "a.editing_id is null",
  also: ", folder_id = null",
  activity: "m.id, (select max(number) from revisions where assistant_id = m.id)",
});
const datasets = movesOf({ table: "datasets", which: "true", activity: "null, null" });

/** For the trail: to whom, under the name that it has, and how many. */
const told = `json_object('to', (select kind || ':' || name from principals where id = ${receiver}),
  'moved', ${assistants.count}, 'movedDatasets', ${datasets.count})`;

const Transferred = z
  .object({ ...movedOf("assistants"), datasets: z.object(movedOf("datasets")) })
  .meta({ id: "Transferred", description: "What has moved with all assistants and datasets of a user" });

export const transfer = operation({
  http: "POST /users/{username}/_transfer",
  rel: "inf:transfer",
  summary: "Give all assistants and datasets of a user who leaves to somebody else",
  description:
    "All at once or none, with their drafts, shares, tokens, comments and records. Where the new owner has a slug already, the moved one gets `-2`, `-3` and so on. Folders stay with their owner. The user may be disabled.",
  needs: level(resource, 3, "administer", "write"),
  input: { username: Reference, ownerId: PrincipalReference.meta({ description: "The new owner: a user or a team" }) },
  output: Transferred,
  errors: ["not_found"],
  status: 200,
  run: async (ctx, { ownerId }) => {
    const [ownerName, ownerKind] = principalReference(ownerId);
    const values = { ownerName, ownerKind };
    const [, , [ofAssistants], [ofDatasets]] = await ctx.commit(
      [
        known(values, new StewardError("not_found", { message: "There is no such new owner" })),
        another(values, invalid("ownerId", "Somebody else: what moves is this user's already")),
        assistants.outcome(values),
        datasets.outcome(values),
        assistants.note(values),
        datasets.note(values),
        assistants.move(values),
        datasets.move(values),
      ],
      { found: { object: told, values } },
    );
    if (!ofAssistants || !ofDatasets) throw new StewardError("internal");
    return { ...ofAssistants, datasets: ofDatasets };
  },
});
