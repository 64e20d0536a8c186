import type { BadInput } from "./specify.ts";
import type { World } from "./world.ts";

export const soon = new Date("2026-03-02T12:00:00.000Z");

/** Ada owns Sales, to which Ben writes; each has a personal token, and Ada one of the assistant. Root is a superuser. */
export async function tokened(world: World) {
  const root = await world.user({ name: "root", superuser: true });
  const [ada, ben] = [await world.user({ name: "ada" }), await world.user({ name: "ben" })];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  const own = await world.token(ada);
  const bound = await world.token(ada, { assistant: sales, scopes: ["read", "chat"] });
  const foreign = await world.token(ben);
  return { root, ada, ben, sales, own, bound, foreign };
}
export type Tokened = Awaited<ReturnType<typeof tokened>>;

/** The draft in which Sales is edited. */
export const draftOf = (world: World, { ada, sales }: Tokened) =>
  world.assistant({ owner: ada, slug: "sales-draft", editing: sales });

export const badTokens: BadInput[] = [
  { input: { notes: "x".repeat(1001) }, at: "notes" },
  { input: { readOnly: "no" }, at: "readOnly" },
  { input: { scopes: ["admin"] }, at: "scopes.0" },
  { input: { scopes: 7 }, at: "scopes" },
  { input: { scopes: Array(4).fill("read") }, at: "scopes" },
  { input: { expiresAt: "soon" }, at: "expiresAt" },
  { input: { data: [] }, at: "data" },
  { input: { restrict: "ip" }, at: "restrict" },
  { input: { restrict: "host", host: "steward.example" }, at: "host" },
  { input: { restrict: "host", host: "fe80::1%eth0" }, at: "host" },
  { input: { restrict: "host", host: "10.0.0.0/8" }, at: "host" },
  { input: { restrict: "cidr", cidr: "10.0.0.1" }, at: "cidr" },
  { input: { restrict: "cidr", cidr: "10.0.0.0/33" }, at: "cidr" },
  { input: { restrict: "cidr", cidr: "2001:db8::/129" }, at: "cidr" },
  { input: { restrict: "host", host: "" }, at: ["host", "host"] },
  { input: { restrict: "host", host: null }, at: "host" },
  { input: { restrict: "cidr", host: "10.0.0.1" }, at: "cidr" },
];
