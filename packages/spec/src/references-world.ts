import type { Made, Principal } from "./arrange.ts";
import type { World } from "./world.ts";

export const missing = "01900000-0000-7000-8000-ffffffffffff";
export const address = "https://example.com/a%20b/c?q=1&r=%C3%BC#top";

/** Ada owns Sales, which Ben reads, and Help, which he does not see. Sales points to Help, to a web address and a shelf. */
export async function referring(world: World) {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const help = await world.assistant({ owner: ada, name: "Help" });
  const desk = await world.assistant({ owner: cleo, name: "Desk" });
  await world.share(sales, ben, 1);
  const toHelp = await world.reference(sales, { targetType: "assistant", targetId: help.id });
  const toPage = await world.reference(sales, { targetType: "url", targetId: address, description: "The manual" });
  const toShelf = await world.reference(sales, { targetType: "library", targetId: "shelf/1" });
  return { ada, ben, cleo, sales, help, desk, toHelp, toPage, toShelf };
}
export type Referring = Awaited<ReturnType<typeof referring>>;

export const draftOf = (world: World, owner: Principal, original: Made) =>
  world.assistant({ owner, slug: `${original.slug}-draft`, editing: original });
