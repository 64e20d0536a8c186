import { expect } from "vitest";
import { specify } from "./specify.ts";
import { badTokens, draftOf, soon, type Tokened, tokened } from "./tokened.ts";

specify("tokens.create", {
  arrange: tokened,
  as: ({ ada }: Tokened) => ada,
  input: () => ({ notes: "For the shop", expiresAt: soon }),
  status: 201,
  gives: {
    type: "personal",
    userId: "user:ada",
    assistantId: null,
    notes: "For the shop",
    readOnly: false,
    scopes: null,
    expiresAt: soon.toISOString(),
    lastUsedAt: null,
    version: 1,
    token: expect.stringMatching(/^stw_[0-9A-Za-z]{49}$/),
  },
  async after(world, _, value) {
    const { token, hint } = value as { token: string; hint: string };
    expect(token.endsWith(hint)).toBe(true);
    expect(await world.dump()).not.toContain(token);
  },
  bad: [
    ...badTokens,
    { input: { type: "robot" }, at: "type" },
    { input: { type: "assistant" }, at: "assistantId" },
    { input: { assistantId: "ada:sales" }, at: "assistantId" },
    { input: { host: "10.0.0.1" }, at: "restrict" },
    { input: { cidr: "10.0.0.0/8" }, at: "restrict" },
    { input: { expiresAt: new Date("2026-03-01T12:00:00.000Z") }, at: "expiresAt" },
  ],
  also: [
    {
      title: "binds one to an assistant",
      input: () => ({ type: "assistant", assistantId: "ada:sales", readOnly: true, scopes: [], data: { for: "shop" } }),
      gives: ({ sales }: Tokened) => ({
        type: "assistant",
        assistantId: sales.id,
        readOnly: true,
        scopes: [],
        data: { for: "shop" },
      }),
    },
    {
      title: "404 for an assistant that one cannot see",
      as: ({ ben }: Tokened) => ben,
      arrange: (world) => world.rows("delete from shares"),
      input: ({ sales }: Tokened) => ({ type: "assistant", assistantId: sales.id }),
      refuses: "not_found",
    },
    {
      title: "404 for an assistant that is not there",
      input: () => ({ type: "assistant", assistantId: "ada:none" }),
      refuses: "not_found",
    },
    {
      title: "404 for a draft that one cannot see",
      as: ({ ben }: Tokened) => ben,
      arrange: async (world, things: Tokened) => {
        await draftOf(world, things);
        await world.rows("update shares set level = 1");
      },
      input: () => ({ type: "assistant", assistantId: "ada:sales-draft" }),
      refuses: "not_found",
    },
    {
      title: "409 for a draft",
      as: ({ ben }: Tokened) => ben,
      arrange: draftOf,
      input: () => ({ type: "assistant", assistantId: "ada:sales-draft" }),
      refuses: "conflict",
    },
    {
      title: "ties one to an address",
      input: () => ({ restrict: "host", host: "2001:0DB8::0:1" }),
      gives: { restrict: "host", host: "2001:db8::1", cidr: null },
    },
    {
      title: "ties one to a range",
      input: () => ({ restrict: "cidr", host: "::ffff:203.0.113.7", cidr: "10.1.2.3/8" }),
      gives: { restrict: "cidr", host: "203.0.113.7", cidr: "10.0.0.0/8" },
    },
    {
      title: "keeps an address that does not count",
      input: () => ({ restrict: null, host: "203.0.113.7" }),
      gives: { restrict: null, host: "203.0.113.7" },
    },
    {
      title: "keeps the order of scopes",
      input: () => ({ scopes: ["write", "read"] }),
      gives: { scopes: ["read", "write"] },
    },
  ],
});
