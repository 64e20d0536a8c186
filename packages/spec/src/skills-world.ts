import type { Made, Principal } from "./arrange.ts";
import type { BadInput } from "./specify.ts";
import type { World } from "./world.ts";

export const code = { languages: ["python"], timeoutSeconds: 20, memoryMegabytes: 64, maxOutputBytes: 1024 };
export const missing = "01900000-0000-7000-8000-ffffffffffff";
export const letters = (count: number) => "x".repeat(count);

/**
 * Ada owns Sales, which Ben reads, with two skills; and Help, which Ben does not see. The crew, in which Cleo is, owns
 * Desk; Ada is not in it.
 */
export async function skilled(world: World) {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const crew = await world.team({ name: "crew", members: [[cleo, "admin"]] });
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  const help = await world.assistant({ owner: ada, name: "Help" });
  const desk = await world.assistant({ owner: crew, name: "Desk" });
  await world.share(sales, ben, 1);
  const python = await world.skill(sales, { name: "Python", data: code });
  const asking = await world.skill(sales, {
    type: "assistant",
    name: "Ask help",
    data: { assistantId: help.id, includeConversation: false },
  });
  return { ada, ben, cleo, sales, help, desk, python, asking };
}
export type Skilled = Awaited<ReturnType<typeof skilled>>;

export const draftOf = (world: World, owner: Principal, original: Made) =>
  world.assistant({ owner, slug: `${original.slug}-draft`, editing: original });

export const hidden = (world: World) => world.rows("update assistants set instructions_hidden = 1");
export const lists = (world: World, ...hosts: string[]) =>
  world.rows("update settings set custom_skill_hosts = ?", JSON.stringify(hosts));

export const badFields: BadInput[] = [
  { input: { name: "" }, at: "name" },
  { input: { name: "  " }, at: "name" },
  { input: { name: letters(256) }, at: "name" },
  { input: { description: letters(1001) }, at: "description" },
  { input: { description: "Sends {{ secrets.KEY }}" }, at: "description" },
  { input: { enabled: "yes" }, at: "enabled" },
  { input: { enabled: null }, at: "enabled" },
  { input: { reportId: "" }, at: "reportId" },
  { input: { queryId: letters(201) }, at: "queryId" },
  { input: { data: [] }, at: "data" },
  { input: { data: null }, at: "data" },
  { input: { data: { nope: 1 } }, at: "data" },
  { input: { data: { timeoutSeconds: 0 } }, at: "data.timeoutSeconds" },
  { input: { data: { languages: ["perl"] } }, at: "data.languages.0" },
  { input: { data: { languages: [], memoryMegabytes: 1.5 } }, at: ["data.languages", "data.memoryMegabytes"] },
];
