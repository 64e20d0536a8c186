import { createStewardClient } from "@steward/client";
import { expect, test } from "vitest";
import { origin } from "./app.ts";
import { openWorld } from "./world.ts";

test("the published client never asks for more at once than the server takes", async () => {
  const world = await openWorld();
  const ada = await world.user({ name: "ada" });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const { bearer } = await world.token(ada);
  const steward = createStewardClient({
    url: origin,
    token: bearer,
    fetch: (input, init) => world.app.fetch(new Request(input, init)),
  });
  // Changes, for what is only read is split by the length of its address before.
  const asked = Array.from({ length: 70 }, () => steward.favorites.set.mutate({ id: sales.id }));
  expect((await Promise.all(asked)).map(({ favorited }) => favorited)).toEqual(Array(70).fill(true));
});
