import type { World } from "./world.ts";

export const password = "correct horse battery";

/** Ada, who has a password and a second session; Ben, who has a second session as well; and Root, a superuser. */
export async function signedUp(world: World) {
  const ada = await world.user({ name: "ada", displayName: "Ada L.", password });
  const ben = await world.user({ name: "ben" });
  const root = await world.user({ name: "root", superuser: true });
  const other = await world.session(ada);
  const bens = await world.session(ben);
  return { ada, ben, root, other, bens };
}
