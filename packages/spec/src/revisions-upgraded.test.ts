import { readFileSync } from "node:fs";
import { contentOf } from "@steward/core";
import { expect, test } from "vitest";
import { openWorld } from "./world.ts";

const migration = readFileSync(new URL("../../db/migrations/0007_file_triggers.sql", import.meta.url), "utf8");
const upgrade = migration.split("--> statement-breakpoint").at(-1) ?? "";

test("a revision from before there were files is, after the upgrade, the text that the core writes of the same state", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const assistant = await world.assistant({ owner: ada, name: "Sales" });
  await world.skill(assistant, { name: "A skill" });
  const before = `json_remove(${contentOf("a")}, '$.files', '$.iconHash', '$.iconType')`;
  await world.rows("delete from revisions");
  await world.rows(
    `insert into revisions select a.id, a.version, ${before}, null, 'assistants.create', 1, null from assistants a`,
  );
  await world.rows(upgrade);
  const [row] = await world.rows(
    `select content, ${contentOf("a")} from revisions r join assistants a on a.id = r.assistant_id`,
  );
  expect(row?.[0]).toBe(row?.[1]);
});
