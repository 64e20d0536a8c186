import { expect } from "vitest";
import { narrowed, sharedWhales } from "./datasets-world.ts";
import { expectDerivedTables } from "./derived.ts";
import { doors } from "./doors.ts";
import { expectSuccess } from "./expectations.ts";
import { specify } from "./specify.ts";

specify("datasetShares.list", {
  arrange: sharedWhales,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.id }),
  gives: {
    items: [
      { principalId: "user:ben", accessLevel: 1, filter: null, visibleFields: null, permissions: { share: true } },
      { principalId: "user:cleo", accessLevel: 2 },
      { principalId: "user:dan", accessLevel: 3 },
      { principalId: "user:eve", accessLevel: 1, ...narrowed },
    ],
    total: 4,
    next: null,
  },
  bad: [
    { input: { limit: 0 }, at: "limit" },
    { input: { cursor: "x" }, at: "cursor" },
  ],
  also: [
    {
      title: "pages",
      input: ({ whales }) => ({ id: whales.id, limit: 1 }),
      gives: { count: 1, total: 4, next: expect.any(String) },
    },
    {
      title: "tells nobody below level 3 what narrows a share",
      as: ({ cleo }) => cleo,
      gives: { items: [{}, {}, {}, { filter: null, visibleFields: null, permissions: { share: false } }] },
    },
    {
      title: "tells nobody whom it narrows",
      as: ({ eve }) => eve,
      gives: { items: [{}, {}, {}, { accessLevel: 1, filter: null, visibleFields: null }] },
    },
  ],
});

specify("datasetShares.get", {
  arrange: sharedWhales,
  as: ({ dan }) => dan,
  input: ({ whales }) => ({ id: whales.naturalId, principalId: "user:eve" }),
  gives: { principalId: "user:eve", displayName: "eve", accessLevel: 1, version: 1, ...narrowed },
  also: [
    {
      title: "takes a bare name",
      input: ({ whales }) => ({ id: whales.id, principalId: "cleo" }),
      gives: { accessLevel: 2, filter: null, visibleFields: null },
    },
    {
      title: "404 without such a share",
      input: ({ whales }) => ({ id: whales.id, principalId: "fay" }),
      refuses: "not_found",
    },
    {
      title: "404 for the wrong kind",
      input: ({ whales }) => ({ id: whales.id, principalId: "team:eve" }),
      refuses: "not_found",
    },
    { title: "404 for nobody", input: ({ whales }) => ({ id: whales.id, principalId: "x" }), refuses: "not_found" },
    {
      title: "tells nobody below level 3 what narrows it",
      as: ({ cleo }) => cleo,
      gives: { filter: null, visibleFields: null, permissions: { share: false } },
    },
  ],
});

specify("datasetShares.set", {
  arrange: sharedWhales,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.id, principalId: "fay", accessLevel: 2 }),
  status: 201,
  gives: {
    principalId: "user:fay",
    accessLevel: 2,
    filter: null,
    visibleFields: null,
    version: 1,
    createdBy: "user:ada",
    permissions: { share: true },
  },
  after: (world) => expectDerivedTables(world),
  bad: [
    { input: { accessLevel: 4 }, at: "accessLevel" },
    { input: { accessLevel: 0 }, at: "accessLevel" },
    { input: { accessLevel: "2" }, at: "accessLevel" },
    { input: { accessLevel: undefined }, at: "accessLevel" },
    { input: { filter: { count: 1 } }, at: "filter" },
    { input: { visibleFields: [] }, at: "visibleFields" },
    { input: { accessLevel: 3, filter: { count: 1 } }, at: "filter" },
    { input: { accessLevel: 1, filter: [] }, at: "filter" },
    { input: { accessLevel: 1, filter: { weight: 1 } }, at: "filter.weight" },
    { input: { accessLevel: 1, filter: { count: { $near: 1 } } }, at: "filter.count.$near" },
    { input: { accessLevel: 1, filter: { count: "three" } }, at: "filter.count" },
    { input: { accessLevel: 1, visibleFields: "count" }, at: "visibleFields" },
    { input: { accessLevel: 1, visibleFields: Array(501).fill("count") }, at: "visibleFields" },
    { input: { accessLevel: 1, visibleFields: ["count", ""] }, at: "visibleFields.1" },
    { input: { accessLevel: 1, visibleFields: ["count", "weight"] }, at: "visibleFields.1" },
  ],
  also: [
    {
      title: "shares a part of it, each field once",
      input: ({ whales }) => ({
        id: whales.id,
        principalId: "fay",
        accessLevel: 1,
        filter: { $or: [{ count: { $gt: 2 } }, { seen: { $lt: "2026-01-06" } }] },
        visibleFields: ["count", "seen", "count"],
      }),
      status: 201,
      gives: {
        filter: { $or: [{ count: { $gt: 2 } }, { seen: { $lt: "2026-01-06" } }] },
        visibleFields: ["count", "seen"],
      },
    },
    {
      title: "takes any part while there is no data",
      arrange: (world) => world.rows("update datasets set load_number = null"),
      input: ({ whales }) => ({
        id: whales.id,
        principalId: "fay",
        accessLevel: 1,
        filter: { weight: 1 },
        visibleFields: ["weight"],
      }),
      gives: { filter: { weight: 1 }, visibleFields: ["weight"] },
    },
    {
      title: "replaces what is there with 200",
      input: ({ whales }) => ({ id: whales.id, principalId: "user:ben", accessLevel: 3 }),
      status: 200,
      gives: { accessLevel: 3, version: 2, createdBy: null },
    },
    {
      title: "keeps what it does not speak of",
      input: ({ whales }) => ({ id: whales.id, principalId: "eve", accessLevel: 1, visibleFields: ["seen"] }),
      gives: { filter: { species: "Orca" }, visibleFields: ["seen"], version: 2 },
    },
    {
      title: "lets all records and fields be seen with null",
      input: ({ whales }) => ({ id: whales.id, principalId: "eve", accessLevel: 1, filter: null, visibleFields: null }),
      gives: { filter: null, visibleFields: null },
    },
    {
      title: "narrows nothing for who may write from then on",
      input: ({ whales }) => ({ id: whales.id, principalId: "eve", accessLevel: 2 }),
      gives: { accessLevel: 2, filter: null, visibleFields: null },
      after: async (world, { eve, whales }) =>
        expect(expectSuccess(await doors.core(world, eve, "datasets.get", { id: whales.id }))).toMatchObject({
          rows: 3,
          fields: { length: 4 },
        }),
    },
    {
      title: "replaces the version that was read",
      input: ({ whales }) => ({ id: whales.id, principalId: "ben", accessLevel: 3, expectedVersion: 1 }),
      gives: { accessLevel: 3, version: 2 },
    },
    {
      title: "412 for a share that has changed since",
      arrange: (world) => world.rows("update dataset_shares set version = 2"),
      input: ({ whales }) => ({ id: whales.id, principalId: "ben", accessLevel: 3, expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
    {
      title: "shares with a team",
      input: ({ whales }) => ({ id: whales.id, principalId: "team:crew", accessLevel: 1, filter: { count: 3 } }),
      gives: { principalId: "team:crew", filter: { count: 3 } },
      after: async (world, { gus, whales }) =>
        expect(expectSuccess(await doors.core(world, gus, "datasets.get", { id: whales.id }))).toMatchObject({
          rows: null,
          fields: { length: 4 },
        }),
    },
    {
      title: "404 for nobody",
      input: ({ whales }) => ({ id: whales.id, principalId: "nobody", accessLevel: 1 }),
      refuses: "not_found",
    },
    {
      title: "404 for the wrong kind",
      input: ({ whales }) => ({ id: whales.id, principalId: "team:fay", accessLevel: 1 }),
      refuses: "not_found",
    },
    {
      title: "400 for the owner",
      input: ({ whales }) => ({ id: whales.id, principalId: "ada", accessLevel: 1 }),
      refuses: "validation_failed",
      after: async (_, __, answer) => expect(answer).toMatchObject({ details: [{ path: "principalId" }] }),
    },
    {
      title: "409 beyond 500 of them, but not for one that is there",
      arrange: (world, { whales }) =>
        world.run(
          Array.from({ length: 496 }, (_, index) => [
            { sql: "insert into principals values (?1, 'user', ?1, ?1, 1, 1, 1)", args: [`p${index}`] },
            {
              sql: `insert into dataset_shares (dataset_id, principal_id, level, created_at, updated_at)
                values (?, ?, 1, 1, 1)`,
              args: [whales.id, `p${index}`],
            },
          ]).flat(),
        ),
      refuses: "conflict",
      after: async (world, { ada, whales }) => {
        const input = { id: whales.id, principalId: "ben", accessLevel: 2 };
        expectSuccess(await doors.core(world, ada, "datasetShares.set", input));
      },
    },
    { title: "403 for a writer", as: ({ cleo }) => cleo, refuses: "forbidden" },
    {
      title: "tells who may not share nothing about its fields",
      as: ({ eve }) => eve,
      input: ({ whales }) => ({ id: whales.id, principalId: "fay", accessLevel: 1, visibleFields: ["species"] }),
      refuses: "forbidden",
    },
    {
      title: "writes into the trail what it narrows, and by no value",
      input: ({ whales }) => ({ id: whales.id, principalId: "eve", accessLevel: 1, filter: { species: "Orca" } }),
      async after(world) {
        const [[details] = []] = await world.rows("select details from audit");
        expect(JSON.parse(String(details))).toEqual({
          accessLevel: 1,
          narrowed: ["filter"],
          principalId: "user:eve",
          before: 1,
        });
      },
    },
  ],
});

specify("datasetShares.delete", {
  arrange: sharedWhales,
  as: ({ ada }) => ada,
  input: ({ whales }) => ({ id: whales.id, principalId: "ben" }),
  status: 204,
  async after(world, { ben }) {
    expect(await world.rows("select 1 from dataset_shares where principal_id = ?", ben.id)).toEqual([]);
    expect(await world.rows("select 1 from dataset_access where principal_id = ?", ben.id)).toEqual([]);
  },
  also: [
    {
      title: "404 without such a share",
      input: ({ whales }) => ({ id: whales.id, principalId: "fay" }),
      refuses: "not_found",
    },
    {
      title: "ends the version that was read",
      input: ({ whales }) => ({ id: whales.id, principalId: "ben", expectedVersion: 1 }),
    },
    {
      title: "412 for a share that has changed since",
      arrange: (world) => world.rows("update dataset_shares set version = 2"),
      input: ({ whales }) => ({ id: whales.id, principalId: "ben", expectedVersion: 1 }),
      refuses: "version_mismatch",
    },
  ],
});
