import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import type { World } from "./world.ts";

const hosts = ["api.example.com"];

/** Ada's Sales with two secrets, and Ben's draft of it. */
async function edited(world: World, get: Parameters<Parameters<typeof throughEveryDoor>[1]>[0]["get"]) {
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const { id } = await get(ada, "assistants.create", { name: "Sales" });
  await world.share({ id }, ben, 2);
  const wide = { id, name: "WIDE", value: "first", allowedHosts: [...hosts, "evil.example.com"] };
  const { id: secretId } = await get(ada, "secrets.create", wide);
  const { id: other } = await get(ada, "secrets.create", { id, name: "OTHER", value: "first" });
  const { id: draft } = await get(ben, "drafts.edit", { id });
  await get(ben, "assistants.update", { id: draft, name: "Selling" });
  const held = async () => {
    const rows = await world.rows(
      "select id, name, allowed_hosts, lineage from secrets where assistant_id = ? order by name",
      id,
    );
    return rows.map(([key, name, allowed]) => ({ id: key, name, allowed: JSON.parse(String(allowed)) }));
  };
  return { ada, ben, id, secretId, other, draft, held };
}

throughEveryDoor(
  "an old draft does not widen a secret that was narrowed, nor bring back one that was taken away",
  async ({ world, get }) => {
    const { ada, ben, id, secretId, other, held } = await edited(world, get);
    await get(ada, "secrets.update", { id, secretId, value: "second", allowedHosts: hosts });
    await get(ada, "secrets.delete", { id, secretId: other });
    await get(ada, "secrets.create", { id, name: "NEW", value: "third" });
    const before = await held();
    const sealed = await world.rows("select ciphertext from secrets where id = ?", secretId);
    await get(ben, "drafts.commit", { id, force: true });
    expect(await held()).toEqual(before);
    expect(await world.rows("select ciphertext from secrets where id = ?", secretId)).toEqual(sealed);
    expect(await get(ada, "assistants.get", { id })).toMatchObject({ name: "Selling" });
  },
);

throughEveryDoor(
  "what a draft does to secrets that nobody has changed meanwhile holds, with force too",
  async ({ world, get }) => {
    const { ada, ben, id, secretId, other, draft, held } = await edited(world, get);
    const mine = await get(ben, "secrets.list", { id: draft });
    const own = (name: string) => mine.items.find((secret: { name: string }) => secret.name === name).id;
    await get(ben, "secrets.update", { id: draft, secretId: own("WIDE"), value: "second", allowedHosts: hosts });
    await get(ben, "secrets.delete", { id: draft, secretId: own("OTHER") });
    await get(ben, "secrets.create", { id: draft, name: "NEW", value: "third" });
    await get(ada, "assistants.update", { id, welcome: "Hello" });
    await get(ben, "drafts.commit", { id, force: true });
    expect(await held()).toEqual([
      { id: expect.any(String), name: "NEW", allowed: [] },
      { id: secretId, name: "WIDE", allowed: hosts },
    ]);
    expect(await held()).not.toContainEqual(expect.objectContaining({ id: other }));
  },
);

throughEveryDoor(
  "a token that is bound to an assistant learns nothing of its secrets",
  async ({ world, get, refuses }) => {
    const { ada, id, draft } = await edited(world, get);
    const number = (await get(ada, "revisions.list", { id })).items[0].number;
    await get(ada, "secrets.create", { id: draft, name: "WIDER", value: "x" });
    for (const readOnly of [true, false]) {
      const token = await world.token(ada, { assistant: { id }, readOnly });
      const told = [
        await get(token, "assistants.export", { id }),
        await get(token, "revisions.get", { id, number }),
        await get(token, "revisions.diff", { id, number }),
        await get(token, "drafts.diff", { id }),
      ];
      expect(JSON.stringify(told)).not.toMatch(/WIDE|OTHER|evil/);
      await refuses("token_scope", token, "assistants.activity", { id });
    }
  },
);
