import { me, assistants as resource } from "../access.ts";
import { ownPieces } from "../assistants/content.ts";
import { committing, keepingNewerSecrets } from "../assistants/parts.ts";
import { recorded } from "../assistants/revise.ts";
import type { Step } from "../context.ts";
import type { StewardError } from "../errors.ts";
import { bringsNoMore, broughtBeyond } from "../knowledge/bringing.ts";
import { guard, rawWrite } from "../statement.ts";

/** SQL for the id of the draft of the assistant that the request names. */
export const draftId = `(select id from assistants where editing_id = ${resource.id})`;

export const hasDraft = guard(`${draftId} is not null`);
/** That the live assistant is still what the draft was begun from. */
const unchanged = guard(`(select base_revision from assistants where id = ${draftId})
  is (select max(number) from revisions where assistant_id = ${resource.id})`);

const mayBring = bringsNoMore(draftId);
/** The names of the datasets that a commit would bring along, and may not. */
export const broughtByDraft = broughtBeyond(draftId);

const ownValues = ownPieces.map(({ column }) => `${column} = d.${column}`).join(", ");
const takeFields = rawWrite(`update assistants set ${ownValues}, version = assistants.version + 1, updated_at = :now,
    updated_by = ${me}
  from assistants d where d.editing_id = assistants.id and assistants.id = ${resource.id}`);
const takeParts = committing(resource.id, draftId);
const keepNewerSecrets = keepingNewerSecrets(
  resource.id,
  draftId,
  `(select r.content from revisions r where r.assistant_id = ${resource.id}
    and r.number = (select base_revision from assistants where id = ${draftId}))`,
);
/** What was said about the draft stays between its editors. */
const takeComments = rawWrite(
  `update comments set assistant_id = ${resource.id}, editors_only = 1 where assistant_id = ${draftId}`,
);
const takeImages = rawWrite(`update images set assistant_id = ${resource.id} where assistant_id = ${draftId}`);
const endDraft = rawWrite(`delete from assistants where editing_id = ${resource.id}`);

interface Commit {
  readonly message: string | null;
  /** What to fail with when the live assistant has changed since; undefined to go over it. */
  readonly conflict: StewardError | undefined;
  /** What to fail with when the draft brings along datasets for which nobody has said so who may. */
  readonly beyond: StewardError;
}

/** All that makes the draft its original's new state, and is no more. */
export const commitSteps = ({ message, conflict, beyond }: Commit): readonly Step[] => [
  mayBring({}, beyond),
  ...(conflict ? [unchanged({}, conflict)] : keepNewerSecrets),
  ...takeParts,
  takeComments({}),
  takeImages({}),
  takeFields({}),
  endDraft({}),
  ...recorded(message),
];
