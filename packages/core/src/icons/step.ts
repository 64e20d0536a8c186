import { assistants as resource } from "../access.ts";
import { rawWrite } from "../statement.ts";

const exchange = rawWrite<{ iconHash: string | null; iconType: string | null }>(
  `update assistants set icon_hash = :iconHash, icon_type = :iconType where id = ${resource.id}`,
);

/** Gives the assistant that the request names this icon, in a commit; the bytes must be known there already. */
export const iconStep = (hash: string, contentType: string) => exchange({ iconHash: hash, iconType: contentType });

/** Takes it away. */
export const noIconStep = () => exchange({ iconHash: null, iconType: null });
