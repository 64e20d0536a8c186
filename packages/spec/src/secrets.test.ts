import { expect } from "vitest";
import { mask, opened, withSecrets } from "./secrets-world.ts";
import { specify } from "./specify.ts";
import type { World } from "./world.ts";

const longest = 64 * 1024;

const about = ({ sales, search }: Awaited<ReturnType<typeof withSecrets>>) => ({
  id: sales.id,
  secretId: search.id,
});
const detailsOf = async (world: World, operation: string) => {
  const [[details] = []] = await world.rows("select details from audit where operation = ?", operation);
  return JSON.parse(String(details));
};

const versionOf = async (world: World, id: string) =>
  (await world.rows("select version from assistants where id = ?", id))[0]?.[0];

specify("secrets.list", {
  arrange: withSecrets,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({ id: sales.naturalId }),
  gives: {
    items: [
      { name: "OTHER", value: mask, allowedHosts: [] },
      {
        name: "SEARCH_KEY",
        value: mask,
        allowedHosts: ["api.example.com"],
        permissions: { write: true, delete: true },
      },
    ],
    total: 2,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages",
      input: ({ sales }) => ({ id: sales.id, limit: 1 }),
      gives: { items: [{ name: "OTHER" }], count: 1, total: 2, next: expect.any(String) },
    },
    { title: "403 for a reader", as: ({ cleo }) => cleo, refuses: "forbidden" },
    { title: "403 for the assistant's own token", as: ({ bound }) => bound, refuses: "token_scope" },
  ],
});

specify("secrets.get", {
  arrange: withSecrets,
  as: ({ ben }) => ben,
  input: about,
  gives: ({ sales, search }) => ({
    id: search.id,
    assistantId: sales.id,
    name: "SEARCH_KEY",
    description: null,
    value: mask,
    allowedHosts: ["api.example.com"],
    version: 1,
    lastUsedAt: null,
  }),
  also: [
    {
      title: "takes any spelling",
      input: (things) => ({ ...about(things), secretId: things.search.id.toUpperCase() }),
    },
    { title: "404 for no such secret", input: (things) => ({ ...about(things), secretId: "x" }), refuses: "not_found" },
    {
      title: "404 for a secret of another assistant",
      arrange: async (world, { ada, sales, search }) => {
        const another = await world.assistant({ owner: ada, name: "Another" });
        await world.rows("update secrets set assistant_id = ? where id = ?", another.id, search.id);
        expect(await world.rows("select 1 from secrets where assistant_id = ?", sales.id)).toHaveLength(1);
      },
      refuses: "not_found",
    },
    { title: "403 for the assistant's own token", as: ({ bound }) => bound, refuses: "token_scope" },
  ],
});

const value = "sk-live-ünïcödé-🔑";

specify("secrets.create", {
  arrange: withSecrets,
  as: ({ ben }) => ben,
  input: ({ sales }) => ({
    id: sales.id,
    name: "_Key_1",
    description: "For the search",
    value,
    allowedHosts: ["b.example:8443", "*.API.example.com", "b.example:8443"],
  }),
  status: 201,
  gives: ({ sales }) => ({
    assistantId: sales.id,
    name: "_Key_1",
    description: "For the search",
    value: mask,
    allowedHosts: ["*.api.example.com", "b.example:8443"],
    version: 1,
    permissions: { write: true, delete: true },
  }),
  async after(world, { sales }, made) {
    const { id } = made as { id: string };
    expect(await opened(world, id)).toBe(value);
    const rows = await world.rows("select key_id, lineage, ciphertext from secrets where assistant_id = ?", sales.id);
    expect(new Set(rows.map(([, lineage]) => lineage)).size).toBe(3);
    expect(JSON.stringify(rows)).not.toContain("sk-live");
    expect(await detailsOf(world, "secrets.create")).toEqual({ secretId: id, name: "_Key_1", valueChanged: true });
    expect(await versionOf(world, sales.id)).toBe(2);
    const [[content] = []] = await world.rows("select content from revisions where assistant_id = ?", sales.id);
    expect(JSON.parse(String(content)).secrets.map(({ name }: { name: string }) => name)).toContain("_Key_1");
    expect(content).not.toMatch(/ciphertext|eyJ/);
  },
  bad: [
    { input: { name: "1KEY" }, at: "name" },
    { input: { name: "KEY-1" }, at: "name" },
    { input: { name: "KEY\n" }, at: "name" },
    { input: { name: "" }, at: "name" },
    { input: { name: "K".repeat(129) }, at: "name" },
    { input: { name: undefined }, at: "name" },
    { input: { value: undefined }, at: "value" },
    { input: { value: "" }, at: "value" },
    { input: { value: mask }, at: "value" },
    { input: { value: "x".repeat(longest + 1) }, at: "value" },
    { input: { value: `${"ü".repeat(longest / 2)}x` }, at: "value" },
    { input: { value: 7 }, at: "value" },
    { input: { value: "a\u0000b" }, at: "value" },
    { input: { description: "x".repeat(4001) }, at: "description" },
    { input: { allowedHosts: ["a.example", "https://api.example.com"] }, at: "allowedHosts.1" },
    { input: { allowedHosts: Array.from({ length: 21 }, (_, n) => `h${n}.example`) }, at: "allowedHosts" },
    { input: { allowedHosts: null }, at: "allowedHosts" },
  ],
  also: [
    {
      title: "takes the longest name and value, and no hosts",
      input: ({ sales }) => ({ id: sales.id, name: "K".repeat(128), value: "ü".repeat(longest / 2) }),
      gives: { allowedHosts: [], description: null },
      after: async (world, _, made) =>
        expect(await opened(world, (made as { id: string }).id)).toBe("ü".repeat(longest / 2)),
    },
    {
      title: "tells names apart by their case",
      input: ({ sales }) => ({ id: sales.id, name: "search_key", value }),
      status: 201,
    },
    {
      title: "409 for a name that is taken",
      input: ({ sales }) => ({ id: sales.id, name: "SEARCH_KEY", value }),
      refuses: "conflict",
    },
    {
      title: "takes the hundredth",
      arrange: (world, { sales }) => fill(world, sales.id, 99),
      status: 201,
    },
    {
      title: "409 for one more than a hundred",
      arrange: (world, { sales }) => fill(world, sales.id, 100),
      refuses: "conflict",
    },
    { title: "403 for a reader", as: ({ cleo }) => cleo, refuses: "forbidden" },
    { title: "403 for the assistant's own token", as: ({ bound }) => bound, refuses: "token_scope" },
  ],
});

/** Until the assistant has so many. */
const fill = (world: World, assistantId: string, most: number) =>
  world.rows(
    `with recursive n(n) as (select 3 union all select n + 1 from n where n < ?2)
     insert into secrets (id, assistant_id, lineage, name, ciphertext, key_id, allowed_hosts, value_changed_at, created_at, updated_at)
     select 'filler-' || n, ?1, 'l', 'FILLER_' || n, 'c', 'k', '[]', 1, 1, 1 from n`,
    assistantId,
    most,
  );

specify("secrets.update", {
  arrange: withSecrets,
  as: ({ ben }) => ben,
  input: (things) => ({
    ...about(things),
    description: "For the search",
    value: "sk-new",
    allowedHosts: ["A.example"],
  }),
  gives: { name: "SEARCH_KEY", description: "For the search", value: mask, allowedHosts: ["a.example"], version: 2 },
  async after(world, { sales, search }) {
    expect(await opened(world, search.id)).toBe("sk-new");
    const details = { secretId: search.id, name: "SEARCH_KEY", valueChanged: true };
    expect(await detailsOf(world, "secrets.update")).toEqual(details);
    expect(await versionOf(world, sales.id)).toBe(2);
  },
  bad: [
    { input: { name: "KEY 1" }, at: "name" },
    { input: { name: null }, at: "name" },
    { input: { value: "" }, at: "value" },
    { input: { value: null }, at: "value" },
    { input: { value: "x".repeat(longest + 1) }, at: "value" },
    { input: { allowedHosts: ["*"] }, at: "allowedHosts.0" },
    { input: { allowedHosts: ["other.example"], value: mask }, at: "allowedHosts" },
    { input: { allowedHosts: ["other.example"], value: undefined }, at: "allowedHosts" },
    { input: { allowedHosts: [], value: undefined }, at: "allowedHosts" },
    { input: { allowedHosts: ["api.example.com", "b.example"], value: undefined }, at: "allowedHosts" },
  ],
  also: [
    {
      title: "leaves the value and its hosts alone when the mask is written back",
      input: (things) => ({ ...about(things), description: "Noted", value: mask, allowedHosts: ["API.example.com"] }),
      gives: { description: "Noted", allowedHosts: ["api.example.com"], version: 2 },
      async after(world, { search }) {
        expect(await opened(world, search.id)).toBe("sk-1");
        expect((await detailsOf(world, "secrets.update")).valueChanged).toBe(false);
      },
    },
    {
      title: "keeps the hosts of a new value where none are given",
      input: (things) => ({ ...about(things), value: "sk-new" }),
      gives: { allowedHosts: ["api.example.com"] },
      after: async (world, { search }) => expect(await opened(world, search.id)).toBe("sk-new"),
    },
    {
      title: "gives another name, and the value stays",
      input: (things) => ({ ...about(things), name: "SEARCH_TOKEN" }),
      gives: { name: "SEARCH_TOKEN" },
      async after(world, { search }) {
        expect(await opened(world, search.id)).toBe("sk-1");
        const details = { secretId: search.id, name: "SEARCH_KEY", newName: "SEARCH_TOKEN", valueChanged: false };
        expect(await detailsOf(world, "secrets.update")).toEqual(details);
      },
    },
    {
      title: "clears the description",
      input: (things) => ({ ...about(things), description: null }),
      gives: { description: null },
    },
    {
      title: "409 for a name that another has",
      input: (things) => ({ ...about(things), name: "OTHER" }),
      refuses: "conflict",
    },
    {
      title: "changes the version that was read",
      input: (things) => ({ ...about(things), description: "x", expectedVersion: 1 }),
      gives: { version: 2 },
    },
    {
      title: "412 for a secret that has changed since",
      arrange: (world) => world.rows("update secrets set version = 2"),
      input: (things) => ({ ...about(things), value: "lost", expectedVersion: 1 }),
      refuses: "version_mismatch",
      after: async (world, { search }) => expect(await opened(world, search.id)).toBe("sk-1"),
    },
    { title: "404 for no such secret", input: (things) => ({ ...about(things), secretId: "x" }), refuses: "not_found" },
    { title: "403 for a reader", as: ({ cleo }) => cleo, refuses: "forbidden" },
    { title: "403 for the assistant's own token", as: ({ bound }) => bound, refuses: "token_scope" },
  ],
});

specify("secrets.delete", {
  arrange: withSecrets,
  as: ({ ben }) => ben,
  input: about,
  status: 204,
  async after(world, { sales, search }) {
    expect(await world.rows("select name from secrets where assistant_id = ?", sales.id)).toEqual([["OTHER"]]);
    expect(await detailsOf(world, "secrets.delete")).toEqual({ secretId: search.id, name: "SEARCH_KEY" });
    expect(await versionOf(world, sales.id)).toBe(2);
  },
  also: [
    { title: "deletes the version that was read", input: (things) => ({ ...about(things), expectedVersion: 1 }) },
    {
      title: "412 for a secret that has changed since",
      arrange: (world) => world.rows("update secrets set version = 2"),
      input: (things) => ({ ...about(things), expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    { title: "404 for no such secret", input: (things) => ({ ...about(things), secretId: "x" }), refuses: "not_found" },
    { title: "403 for a reader", as: ({ cleo }) => cleo, refuses: "forbidden" },
    { title: "403 for the assistant's own token", as: ({ bound }) => bound, refuses: "token_scope" },
  ],
});
