import type { World } from "./world.ts";

/** What the database holds of an assistant's parts, by name. */
export async function partsIn(world: World, assistantId: string) {
  const skills = await world.rows(
    "select id, name, data, version from skills where assistant_id = ? order by id",
    assistantId,
  );
  const references = await world.rows(
    "select id, target_id, description from assistant_references where assistant_id = ? order by id",
    assistantId,
  );
  const secrets = await world.rows(
    "select id, name, ciphertext, lineage from secrets where assistant_id = ? order by id",
    assistantId,
  );
  const knowledge = await world.rows(
    "select id, dataset_id, mode, filter, sample_size, access from assistant_datasets where assistant_id = ? order by id",
    assistantId,
  );
  return { skills, references, secrets, knowledge };
}
