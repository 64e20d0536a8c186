import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { type BadInput, specify } from "./specify.ts";
import type { World } from "./world.ts";

/** Ada administers the crew, in which Ben is a designer; Cleo is in no team. Root is a superuser. */
async function crewed(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const ada = await world.user({ name: "ada", grants: ["teams:create"] });
  const [ben, cleo] = [await world.user({ name: "ben" }), await world.user({ name: "cleo" })];
  const crew = await world.team({
    name: "crew",
    members: [
      [ada, "admin"],
      [ben, "designer"],
    ],
  });
  await world.team({ name: "others", members: [[ada, "member"]] });
  await world.team({ name: "strangers" });
  return { root, ada, ben, cleo, crew };
}

const badTeams: BadInput[] = [
  { input: { displayName: "" }, at: "displayName" },
  { input: { displayName: "x".repeat(256) }, at: "displayName" },
  { input: { description: "x".repeat(4001) }, at: "description" },
];
const everything = { write: true, delete: true, manageMembers: true };
const nothing = { write: false, delete: false, manageMembers: false };

specify("teams.list", {
  arrange: crewed,
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: {
    items: [
      { id: "team:crew", permissions: everything },
      { id: "team:others", permissions: nothing },
    ],
    total: 2,
  },
  bad: [{ input: { limit: 0 }, at: "limit" }],
  also: [
    {
      title: "shows a superuser all",
      as: ({ root }) => root,
      gives: { total: 3, items: Array(3).fill({ permissions: everything }) },
    },
    { title: "is empty for one who is in none", as: ({ cleo }) => cleo, gives: { items: [], total: 0 } },
    {
      title: "pages",
      input: () => ({ limit: 1, start: 1 }),
      gives: { items: [{ name: "others" }], start: 1, next: null },
    },
  ],
});

specify("teams.get", {
  arrange: crewed,
  as: ({ ben }) => ben,
  input: () => ({ id: "crew" }),
  gives: { id: "team:crew", name: "crew", displayName: "crew", description: null, version: 1, permissions: nothing },
  also: [
    { title: "takes the prefixed name", input: () => ({ id: "team:crew" }), gives: { name: "crew" } },
    { title: "404 for a user", input: () => ({ id: "ada" }), refuses: "not_found" },
    { title: "404 for a user's prefix", input: () => ({ id: "user:crew" }), refuses: "not_found" },
    { title: "404 for a team that one is not in", input: () => ({ id: "strangers" }), refuses: "not_found" },
  ],
});

specify("teams.create", {
  arrange: crewed,
  as: ({ ada }) => ada,
  input: () => ({ name: "new-team" }),
  status: 201,
  gives: { id: "team:new-team", displayName: "new-team", description: null, version: 1, permissions: everything },
  async after(world, { ada }) {
    const made =
      "select m.user_id, m.role from memberships m join principals p on p.id = m.team_id where p.name = 'new-team'";
    expect(await world.rows(made)).toEqual([[ada.id, "admin"]]);
  },
  bad: [
    ...badTeams,
    { input: { name: "New" }, at: "name" },
    { input: { name: "team" }, at: "name" },
    { input: { name: undefined }, at: "name" },
  ],
  also: [
    { title: "409 for a team's name", input: () => ({ name: "crew" }), refuses: "conflict" },
    { title: "409 for a user's name", input: () => ({ name: "ben" }), refuses: "conflict" },
    { title: "403 for a creator, which has only the first three grants", as: ({ ben }) => ben, refuses: "forbidden" },
  ],
});

specify("teams.update", {
  arrange: crewed,
  as: ({ ada }) => ada,
  input: () => ({ id: "crew", displayName: "The crew", description: "Us" }),
  gives: { name: "crew", displayName: "The crew", description: "Us", version: 2 },
  bad: badTeams,
  also: [
    {
      title: "clears with null",
      input: () => ({ id: "crew", description: null }),
      gives: { description: null, displayName: "crew" },
    },
    {
      title: "ignores what is only to be read",
      input: () => ({ id: "crew", name: "other", version: 9, permissions: {} }),
      gives: { name: "crew" },
    },
    { title: "takes a superuser", as: ({ root }) => root, gives: { displayName: "The crew" } },
  ],
});

specify("teams.delete", {
  arrange: async (world) => {
    const all = await crewed(world);
    const sales = await world.assistant({ owner: all.cleo, name: "Sales" });
    await world.share(sales, all.crew, 2);
    return { ...all, sales };
  },
  as: ({ ada }) => ada,
  input: () => ({ id: "team:crew" }),
  status: 204,
  async after(world, { crew }) {
    for (const table of [
      "memberships where team_id",
      "shares where principal_id",
      "access where principal_id",
      "principals where id",
    ])
      expect(await world.rows(`select 1 from ${table} = ?`, crew.id), table).toEqual([]);
  },
  also: [
    {
      title: "409 for one that owns assistants",
      arrange: (world, { crew }) => world.assistant({ owner: crew }),
      refuses: "conflict",
    },
  ],
});

specify("teams.listMembers", {
  arrange: crewed,
  as: ({ ben }) => ben,
  input: () => ({ id: "crew" }),
  gives: {
    items: [
      { userId: "user:ada", teamId: "team:crew", role: "admin", permissions: { manageMembers: false, delete: false } },
      { userId: "user:ben", role: "designer", permissions: { manageMembers: false, delete: true } },
    ],
    total: 2,
  },
  bad: [{ input: { cursor: "x" }, at: "cursor" }],
  also: [
    {
      title: "tells an admin what it may",
      as: ({ ada }) => ada,
      gives: { items: Array(2).fill({ permissions: { manageMembers: true, delete: true } }) },
    },
  ],
});

specify("teams.getMember", {
  arrange: crewed,
  as: ({ ben }) => ben,
  input: () => ({ id: "crew", username: "ada" }),
  gives: { userId: "user:ada", username: "ada", role: "admin", version: 1 },
  also: [
    { title: "404 for one who is no member", input: () => ({ id: "crew", username: "cleo" }), refuses: "not_found" },
    {
      title: "takes the prefixed name",
      input: () => ({ id: "crew", username: "user:ben" }),
      gives: { username: "ben" },
    },
    { title: "404 for a team's prefix", input: () => ({ id: "crew", username: "team:ben" }), refuses: "not_found" },
  ],
});

specify("teams.setMember", {
  arrange: crewed,
  as: ({ ada }) => ada,
  input: () => ({ id: "crew", username: "cleo", role: "member" as const }),
  status: 201,
  gives: { userId: "user:cleo", role: "member", version: 1, permissions: { manageMembers: true, delete: true } },
  bad: [
    { input: { role: "boss" }, at: "role" },
    { input: { role: undefined }, at: "role" },
  ],
  also: [
    {
      title: "gives another role with 200",
      input: () => ({ id: "crew", username: "ben", role: "admin" }),
      status: 200,
      gives: { role: "admin", version: 2 },
    },
    {
      title: "changes the version that was read",
      input: () => ({ id: "crew", username: "ben", role: "admin", expectedVersion: 1 }),
      gives: { role: "admin", version: 2 },
    },
    {
      title: "412 for a membership that has changed since",
      arrange: (world) => world.rows("update memberships set version = 2"),
      input: () => ({ id: "crew", username: "ben", role: "admin", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    {
      title: "404 for nobody",
      input: () => ({ id: "crew", username: "nobody", role: "member" }),
      refuses: "not_found",
    },
    {
      title: "404 for a team",
      input: () => ({ id: "crew", username: "others", role: "member" }),
      refuses: "not_found",
    },
    {
      title: "409 for the last admin",
      input: () => ({ id: "crew", username: "ada", role: "member" }),
      refuses: "conflict",
    },
    {
      title: "takes the admin's role of one of two",
      arrange: (world) => world.rows("update memberships set role = 'admin'"),
      input: () => ({ id: "crew", username: "ada", role: "member" }),
      gives: { role: "member", permissions: { manageMembers: false, delete: true } },
    },
  ],
});

specify("teams.removeMember", {
  arrange: crewed,
  as: ({ ada }) => ada,
  input: () => ({ id: "crew", username: "ben" }),
  status: 204,
  async after(world, { ben }) {
    expect(await world.rows("select 1 from memberships where user_id = ?", ben.id)).toEqual([]);
  },
  also: [
    { title: "lets anybody leave", as: ({ ben }) => ben },
    {
      title: "403 for taking somebody else out",
      as: ({ ben }) => ben,
      input: () => ({ id: "crew", username: "ada" }),
      refuses: "forbidden",
    },
    { title: "404 for one who is no member", input: () => ({ id: "crew", username: "cleo" }), refuses: "not_found" },
    { title: "404 for nobody", input: () => ({ id: "crew", username: "nobody" }), refuses: "not_found" },
    { title: "409 for the last admin", input: () => ({ id: "crew", username: "ada" }), refuses: "conflict" },
    {
      title: "lets the very last one leave",
      arrange: (world, { ben }) => world.rows("delete from memberships where user_id = ?", ben.id),
      input: () => ({ id: "crew", username: "ada" }),
    },
  ],
});

throughEveryDoor(
  "a team's roles are levels on what it owns, and end with the membership",
  async ({ world, get, refuses }) => {
    const { ada, cleo, crew } = await crewed(world);
    const sales = await world.assistant({ owner: crew, name: "Sales" });
    const may = {
      member: [false, false],
      memberPlus: [false, false],
      dataWizard: [true, false],
      designer: [true, false],
      publisher: [true, false],
      admin: [true, true],
    } as const;
    await refuses("not_found", cleo, "assistants.get", { id: sales.id });
    for (const [role, [write, administer]] of Object.entries(may)) {
      await get(ada, "teams.setMember", { id: "crew", username: "cleo", role: role as keyof typeof may });
      expect(await get(cleo, "assistants.get", { id: "crew:sales" }), role).toMatchObject({
        permissions: { write, delete: administer, share: administer, changeOwner: administer },
      });
    }
    await get(ada, "teams.removeMember", { id: "crew", username: "cleo" });
    await refuses("not_found", cleo, "assistants.get", { id: sales.id });
  },
);

throughEveryDoor("a team's name that is given again inherits nothing", async ({ world, get, refuses }) => {
  const { ada, ben, cleo, crew } = await crewed(world);
  const sales = await world.assistant({ owner: cleo, name: "Sales" });
  await world.share(sales, crew, 3);
  expect(await get(ben, "assistants.get", { id: sales.id })).toMatchObject({ name: "Sales" });
  await get(ada, "teams.delete", { id: "crew" });
  await get(ada, "teams.create", { name: "crew" });
  await refuses("not_found", ada, "assistants.get", { id: sales.id });
  await refuses("not_found", ben, "teams.get", { id: "crew" });
  expect(await get(cleo, "shares.list", { id: sales.id })).toMatchObject({ total: 0 });
});
