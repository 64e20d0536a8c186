import type { BadInput } from "./specify.ts";

export const letters = (count: number) => "x".repeat(count);

/** What no field of an assistant takes, whether it is created or changed. */
export const badFields: BadInput[] = [
  { input: { name: "" }, at: "name" },
  { input: { name: letters(256) }, at: "name" },
  { input: { name: 7 }, at: "name" },
  { input: { name: "null\0byte" }, at: "name" },
  { input: { name: "half \ud83d" }, at: "name" },
  { input: { slug: "Sales" }, at: "slug" },
  { input: { slug: "-sales" }, at: "slug" },
  { input: { slug: "my-draft" }, at: "slug" },
  { input: { slug: letters(64) }, at: "slug" },
  { input: { description: letters(4001) }, at: "description" },
  { input: { instructions: letters(256 * 1024 + 1) }, at: "instructions" },
  { input: { instructions: "é".repeat(128 * 1024 + 1) }, at: "instructions" },
  { input: { suggestions: Array(21).fill("x") }, at: "suggestions" },
  { input: { suggestions: ["x", ""] }, at: "suggestions.1" },
  { input: { data: { text: letters(64 * 1024) } }, at: "data" },
  { input: { data: ["no", "object"] }, at: "data" },
  // superjson refuses to send such a key at all.
  { input: { data: { constructor: 1 } }, at: "data", doors: ["core", "rest"] },
  { input: { enabled: "yes" }, at: "enabled" },
  { input: { name: "", dispatcher: 1 }, at: ["name", "dispatcher"] },
];
