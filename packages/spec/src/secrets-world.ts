import { learnTenant } from "@steward/core";
import type { World } from "./world.ts";

export const mask = "********";

/** Ada owns Sales with two secrets; Ben writes it, Cleo reads it. */
export async function withSecrets(world: World) {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const search = await world.secret(sales, { name: "SEARCH_KEY", value: "sk-1", allowedHosts: ["api.example.com"] });
  const other = await world.secret(sales, { name: "OTHER", value: "sk-2" });
  // It may do all that its editors may, but for this.
  const bound = await world.token(ada, { assistant: sales });
  return { ada, ben, cleo, sales, search, other, bound };
}

/** What a skill would get. */
export async function opened(world: World, secretId: string): Promise<string> {
  const [row] = await world.rows("select ciphertext, lineage from secrets where id = ?", secretId);
  const [ciphertext, lineage] = row as [string, string];
  return world.services.vault.open(ciphertext, { tenant: await learnTenant(world.services), lineage });
}
