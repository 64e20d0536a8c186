import { me, meSuperuser, assistants as resource } from "../access.ts";
import { invalid } from "../errors.ts";
import { guard } from "../statement.ts";

/** The level that the caller has, by owning it, on the folder whose owner this SQL names; null for none. */
export const levelByOwner = (ownerId: string) => `case when ${meSuperuser} or ${ownerId} = ${me} then 3
  else (select m.level from memberships m where m.user_id = ${me} and m.team_id = ${ownerId}) end`;

const fits = guard<{ folderId: string | null }>(`:folderId is null or (select a.folder_id is :folderId
    or a.editing_id is null and exists (select 1 from folders f
      where f.id = :folderId and f.owner_id = a.owner_id and ${levelByOwner("f.owner_id")} >= 1)
  from assistants a where a.id = ${resource.id})`);

/** That the assistant which the request names may lie in this folder: it does already, or it is its owner's and seen. */
export const fitsIntoFolder = ({ folderId = null }: { readonly folderId?: string | null | undefined }) =>
  fits({ folderId }, invalid("folderId", "Not a folder of the assistant's owner that you may see; a draft has none"));
