import { describe, expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import type { InputOf } from "./operations.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

const day = 24 * 60 * 60 * 1000;
const password = "correct horse battery";

/** Root is a superuser; Ada owns Sales, is in the crew and not in the strangers. */
async function settled(world: World) {
  const root = await world.user({ name: "root", superuser: true, password });
  const [ada, ben] = [await world.user({ name: "ada", password }), await world.user({ name: "ben" })];
  const crew = await world.team({ name: "crew", members: [[ada, "member"]] });
  const strangers = await world.team({ name: "strangers", members: [[ben, "admin"]] });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  return { root, ada, ben, crew, strangers, sales };
}

specify("settings.get", {
  arrange: settled,
  as: ({ root }) => root,
  input: () => ({}),
  gives: {
    aiEnabled: true,
    sharePolicy: "anyone",
    revisionRetention: 100,
    sessionDays: 30,
    customSkillHosts: [],
    datasetFields: 500,
    datasetFieldLength: 32_768,
    datasetRows: 5_000_000,
    datasetBytes: 2 ** 31,
    fileBytes: 250 * 2 ** 20,
    assistantFiles: 1000,
    permissions: { write: true },
    version: 1,
    updatedBy: null,
  },
  async after(world, _, value) {
    const [[tenant] = []] = await world.rows("select tenant_id from settings");
    expect(JSON.stringify(value)).not.toContain(tenant);
  },
});

specify("settings.update", {
  arrange: settled,
  as: ({ root }) => root,
  input: () => ({ sharePolicy: "own-teams" as const, revisionRetention: 7, customSkillHosts: ["API.example.com"] }),
  gives: {
    aiEnabled: true,
    sharePolicy: "own-teams",
    revisionRetention: 7,
    customSkillHosts: ["api.example.com"],
    version: 2,
    updatedBy: "user:root",
  },
  bad: [
    { input: { aiEnabled: "yes" }, at: "aiEnabled" },
    { input: { aiEnabled: null }, at: "aiEnabled" },
    { input: { sharePolicy: "all" }, at: "sharePolicy" },
    { input: { revisionRetention: 0 }, at: "revisionRetention" },
    { input: { revisionRetention: 10_001 }, at: "revisionRetention" },
    { input: { sessionDays: 0 }, at: "sessionDays" },
    { input: { sessionDays: 366 }, at: "sessionDays" },
    { input: { sessionDays: 1.5 }, at: "sessionDays" },
    { input: { customSkillHosts: ["https://x.example"] }, at: "customSkillHosts.0" },
    { input: { customSkillHosts: Array.from({ length: 101 }, (_, at) => `h${at}.example`) }, at: "customSkillHosts" },
    { input: { datasetFields: 0 }, at: "datasetFields" },
    { input: { datasetFields: 1901 }, at: "datasetFields" },
    { input: { datasetFieldLength: 0 }, at: "datasetFieldLength" },
    { input: { datasetFieldLength: 1_000_001 }, at: "datasetFieldLength" },
    { input: { datasetRows: 0 }, at: "datasetRows" },
    { input: { datasetRows: 60_000_001 }, at: "datasetRows" },
    { input: { datasetBytes: 0 }, at: "datasetBytes" },
    { input: { datasetBytes: 2 ** 40 + 1 }, at: "datasetBytes" },
    { input: { datasetBytes: 1.5 }, at: "datasetBytes" },
    { input: { fileBytes: 0 }, at: "fileBytes" },
    { input: { fileBytes: 2 ** 40 + 1 }, at: "fileBytes" },
    { input: { assistantFiles: 0 }, at: "assistantFiles" },
    { input: { assistantFiles: 2001 }, at: "assistantFiles" },
    { input: { tenantId: "another" }, at: "" },
  ],
  also: [
    { title: "leaves alone what is not given", input: () => ({}), gives: { sharePolicy: "anyone", version: 2 } },
    { title: "takes the version that was read", input: () => ({ aiEnabled: true, expectedVersion: 1 }) },
    {
      title: "412 for settings that have changed since",
      input: () => ({ aiEnabled: false, expectedVersion: 2 }),
      refuses: "version_mismatch",
    },
    {
      title: "takes the bounds themselves",
      input: () => ({ revisionRetention: 10_000, sessionDays: 365 }),
      gives: { revisionRetention: 10_000, sessionDays: 365 },
    },
    {
      title: "takes the bounds of datasets",
      input: () => ({ datasetFields: 1900, datasetFieldLength: 1, datasetRows: 60_000_000, datasetBytes: 2 ** 40 }),
      gives: { datasetFields: 1900, datasetFieldLength: 1, datasetRows: 60_000_000, datasetBytes: 2 ** 40 },
    },
    {
      title: "writes into the trail what is set",
      async after(world) {
        const [[details] = []] = await world.rows("select details from audit");
        const set = { sharePolicy: "own-teams", revisionRetention: 7, customSkillHosts: ["api.example.com"] };
        expect(JSON.parse(String(details))).toEqual(set);
      },
    },
  ],
});

throughEveryDoor("a superuser's token reads the settings and does not change them", async ({ world, get, refuses }) => {
  const { root } = await settled(world);
  const token = await world.token(root);
  expect(await get(token, "settings.get")).toMatchObject({ permissions: { write: false } });
  await refuses("token_scope", token, "settings.update", { aiEnabled: false });
});

throughEveryDoor("without AI nobody reaches an assistant, and all else goes on", async ({ world, get, refuses }) => {
  const { root, ada, sales } = await settled(world);
  const bound = await world.token(ada, { assistant: sales });
  await get(root, "settings.update", { aiEnabled: false });
  for (const as of [ada, root, await world.token(ada), bound]) {
    await refuses("ai_entitlement_required", as, "assistants.get", { id: sales.id });
    await refuses("ai_entitlement_required", as, "assistants.list");
  }
  await refuses("ai_entitlement_required", ada, "assistants.create", { name: "Another" });
  await refuses("ai_entitlement_required", ada, "shares.set", { id: sales.id, principalId: "ben", accessLevel: 1 });
  expect(await get(ada, "session.me")).toMatchObject({ seat: { active: false } });
  await get(root, "users.create", { username: "eve" });
  await get(root, "seats.give", { username: "ada" });
  await get(root, "teams.list");
  await get(ada, "tokens.list");
  await get(root, "settings.update", { aiEnabled: true });
  expect(await get(bound, "assistants.get", { id: sales.id })).toMatchObject({ id: sales.id });
  expect(await get(ada, "session.me")).toMatchObject({ seat: { active: true } });
});

describe("with whom one may share", () => {
  const share = (id: string, principalId: string, accessLevel: 1 | 2 | 3): InputOf<"shares.set"> => ({
    id,
    principalId,
    accessLevel,
  });

  throughEveryDoor("is one's own teams, where the settings say so", async ({ world, ask, get, refuses }) => {
    const { root, ada, ben, strangers, sales } = await settled(world);
    await world.share(sales, ben, 2);
    await world.rows("update settings set share_policy = 'own-teams'");
    await get(ada, "shares.set", share(sales.id, "crew", 2));
    await refuses("forbidden", ada, "shares.set", share(sales.id, "team:strangers", 1));
    await refuses("forbidden", ada, "shares.set", share(sales.id, "root", 1));
    await refuses("forbidden", ada, "shares.set", share(sales.id, "ben", 3));
    const answer = await ask(ada, "shares.set", share(sales.id, "ben", 3));
    expect(JSON.stringify(answer)).toContain("one's own teams only");
    expect(await get(ada, "shares.set", share(sales.id, "ben", 2))).toMatchObject({ accessLevel: 2 });
    expect(await get(ada, "shares.set", share(sales.id, "ben", 1))).toMatchObject({ accessLevel: 1 });
    await get(ada, "shares.delete", { id: sales.id, principalId: "ben" });
    await refuses("forbidden", ada, "shares.set", share(sales.id, "ben", 1));
    await get(root, "shares.set", share(sales.id, "ben", 1));
    await world.rows("insert into memberships values (?, ?, 'member', 1, 1, 1)", ada.id, strangers.id);
    await get(ada, "shares.set", share(sales.id, "strangers", 3));
  });

  throughEveryDoor("is nobody, where the settings say so", async ({ world, ask, get, refuses }) => {
    const { root, ada, ben, crew, sales } = await settled(world);
    await world.share(sales, ben, 2);
    await world.share(sales, crew, 2);
    await world.rows("update settings set share_policy = 'nobody'");
    await refuses("forbidden", ada, "shares.set", share(sales.id, "crew", 3));
    const answer = await ask(ada, "shares.set", share(sales.id, "root", 1));
    expect(JSON.stringify(answer)).toContain("switched sharing off");
    await get(ada, "shares.set", share(sales.id, "crew", 1));
    await refuses("forbidden", ada, "shares.set", share(sales.id, "crew", 2));
    expect(await get(ben, "assistants.get", { id: sales.id })).toMatchObject({ permissions: { write: true } });
    await get(ada, "shares.delete", { id: sales.id, principalId: "ben" });
    await get(root, "shares.set", share(sales.id, "root", 3));
    await refuses("not_found", ada, "shares.set", share(sales.id, "nobody-here", 1));
  });
});

throughEveryDoor("how long sessions last follows the settings", async ({ world, get }) => {
  const { root } = await settled(world);
  const expiry = async (sid: string) => {
    const { hash } = world.services.sessions.credential(sid);
    return Number((await world.rows("select expires_at from sessions where hash = ?", hash))[0]?.[0]) - Date.now();
  };
  const use = async (as: { readonly sid: string }) => {
    await get(as, "session.me");
    await world.settle();
    return expiry(as.sid);
  };
  const { sid: long } = await get(null, "session.login", { username: "ada", password });
  expect(await expiry(long)).toBe(30 * day);
  await get(root, "settings.update", { sessionDays: 2 });
  const short = await get(null, "session.login", { username: "ada", password });
  expect(short.expiresAt).toBe(new Date(Date.now() + 2 * day).toISOString());
  expect(await expiry(short.sid)).toBe(2 * day);
  world.advance(day - 1);
  expect(await use(short)).toBe(day + 1);
  world.advance(1);
  expect(await use(short)).toBe(2 * day);
  expect(await use({ sid: long })).toBe(29 * day);
  world.advance(28 * day);
  expect(await use({ sid: long })).toBe(2 * day);
  await get({ sid: long }, "session.me");
});

throughEveryDoor("fewer revisions are kept from the next change on", async ({ world, get }) => {
  const { root, ada, sales } = await settled(world);
  const change = (name: string) => get(ada, "assistants.update", { id: sales.id, name });
  const kept = async () => (await world.rows("select number from revisions order by number")).flat();
  for (const name of ["a", "b", "c", "d"]) await change(name);
  expect(await kept()).toEqual([2, 3, 4, 5]);
  await get(root, "settings.update", { revisionRetention: 2 });
  expect(await kept()).toEqual([2, 3, 4, 5]);
  await change("e");
  expect(await kept()).toEqual([5, 6]);
});
