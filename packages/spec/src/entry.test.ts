import { expect } from "vitest";
import { throughEveryDoor } from "./every-door.ts";
import { specify } from "./specify.ts";

specify("entry.get", {
  arrange: async (world) => ({ ada: await world.user({ name: "ada", grants: ["ai:manage"] }) }),
  as: ({ ada }) => ada,
  input: () => ({}),
  gives: { name: "Steward", permissions: ["assistants:create", "datasets:create", "tokens:create", "ai:manage"] },
});

throughEveryDoor("anybody may enter, and no trip is made for nobody", async ({ world, get }) => {
  const { value, trips } = await world.countTrips(() => get(null, "entry.get"));
  expect(value).toEqual({ name: "Steward", permissions: [] });
  expect(trips).toBe(0);
});
