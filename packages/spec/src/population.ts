import { type ErrorCode, type Scope, scopeBits, type TeamRole, teamRoles } from "@steward/core";
import fc from "fast-check";
import type { Made, MadeToken, Person, Principal } from "./arrange.ts";
import { arrangeFolder, arrangeTag } from "./organised.ts";
import { openWorld, type World } from "./world.ts";

/** Who there is, as plain data. */
export interface PlannedPeople {
  readonly users: readonly { superuser: boolean; enabled: boolean; seat: boolean }[];
  /** Of each user in each team. */
  readonly roles: readonly (readonly (TeamRole | null)[])[];
}

/** Plain data from which a world is filled, and from which the contract's rules are worked out a second time. */
export interface Plan extends PlannedPeople {
  readonly assistants: readonly PlannedAssistant[];
  readonly tokens: readonly { user: number; readOnly: boolean; scopes: Scope[] | null; assistant: number | null }[];
}
export interface PlannedAssistant {
  /** Users come first among the principals, then teams. */
  readonly owner: number;
  readonly name: string;
  readonly description: string;
  readonly dispatcher: boolean;
  readonly instructionsHidden: boolean;
  readonly age: number;
  /** The level of each principal's share; 0 is none. */
  readonly shares: readonly (0 | 1 | 2 | 3)[];
  /** By which users it is marked. */
  readonly favorites: readonly boolean[];
  /** Which of the tags it bears. */
  readonly tags: readonly boolean[];
  /** Whether it lies in its owner's folder. */
  readonly filed: boolean;
}

const [users, teams] = [4, 2];
export const principals = users + teams;
export const tagNames = ["One", "two"];
/** The folder of each principal, by its place among them. */
export const folderOf = (owner: number) => `folder-${owner}`;
export const words = ["alpha", "Alpine", "beta", "bet", "gamma", "ALPHA"];

const rarely = fc.integer({ min: 0, max: 9 }).map((value) => value === 0);
const mostly = rarely.map((value) => !value);
export const each = <T>(count: number, one: fc.Arbitrary<T>) => fc.array(one, { minLength: count, maxLength: count });

export const somePeople = {
  users: each(users, fc.record({ superuser: rarely, enabled: mostly, seat: mostly })),
  roles: each(users, each(teams, fc.option(fc.constantFrom(...teamRoles), { freq: 1 }))),
};

export const plans: fc.Arbitrary<Plan> = fc.record({
  ...somePeople,
  assistants: fc.array(
    fc.record({
      owner: fc.nat(principals - 1),
      name: fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 2 }).map((some) => some.join(" ")),
      description: fc.constantFrom("", ...words),
      dispatcher: fc.boolean(),
      instructionsHidden: fc.boolean(),
      age: fc.nat(2),
      shares: each(principals, fc.constantFrom(0, 0, 0, 1, 2, 3)),
      favorites: each(users, fc.boolean()),
      tags: each(tagNames.length, fc.boolean()),
      filed: fc.boolean(),
    }),
    { maxLength: 7 },
  ),
  tokens: fc.array(
    fc.record({
      user: fc.nat(users - 1),
      readOnly: fc.boolean(),
      scopes: fc.option(fc.subarray<Scope>(["read", "chat", "write"])),
      assistant: fc.option(fc.nat(6)),
    }),
    { maxLength: 4 },
  ),
});

/** A credential of a user, with what it leaves of the user's rights. */
export interface Holder {
  readonly user: number;
  readonly as: Person | MadeToken;
  readonly scopes: number;
  readonly maxLevel: number;
  /** The only assistant it reaches. */
  readonly only: number | null;
}

/** A world filled as planned. */
export interface Population {
  readonly world: World;
  readonly root: Person;
  readonly people: readonly Person[];
  readonly principals: readonly Principal[];
  readonly assistants: readonly Made[];
  readonly holders: readonly Holder[];
}

/** Fills a world as planned and hands it to `work`, then cleans up. */
export async function populate(plan: Plan, work: (population: Population) => Promise<void>): Promise<void> {
  const world = await openWorld({ keep: true });
  try {
    await work(await fill(world, plan));
  } finally {
    await world.close();
  }
}

/** Makes the users `u0`, `u1` ... and the teams `t0` ... of a plan. */
export async function arrangePeople(world: World, plan: PlannedPeople) {
  const people: Person[] = [];
  for (const [index, user] of plan.users.entries()) people.push(await world.user({ name: `u${index}`, ...user }));
  const crews: Principal[] = [];
  for (let team = 0; team < teams; team++) {
    const members = people.flatMap((person, index) => {
      const role = plan.roles[index]?.[team];
      return role ? [[person, role] as const] : [];
    });
    crews.push(await world.team({ name: `t${team}`, members }));
  }
  return { people, all: [...people, ...crews] as readonly Principal[] };
}

async function fill(world: World, plan: Plan): Promise<Population> {
  const root = await world.user({ name: "root", superuser: true });
  const { people, all } = await arrangePeople(world, plan);
  for (const [index, owner] of all.entries()) await arrangeFolder(world, owner, "Folder", { id: folderOf(index) });
  const assistants: Made[] = [];
  for (const [index, planned] of plan.assistants.entries()) {
    const { owner, name, description, dispatcher, instructionsHidden, age } = planned;
    const more = { instructions: "Do.", dispatcher, instructionsHidden, age, ...(description && { description }) };
    const made = await world.assistant({ owner: all[owner] as Principal, name, slug: `x${index}`, ...more });
    assistants.push(made);
    for (const [whom, level] of planned.shares.entries())
      if (level > 0 && whom !== owner) await world.share(made, all[whom] as Principal, level as 1 | 2 | 3);
    for (const [user, marked] of planned.favorites.entries())
      if (marked) await world.favorite(made, people[user] as Person);
    if (planned.filed) await world.rows("update assistants set folder_id = ? where id = ?", folderOf(owner), made.id);
  }
  for (const [index, name] of tagNames.entries())
    await arrangeTag(world, name, root, ...assistants.filter((_, at) => plan.assistants[at]?.tags[index]));
  const holders: Holder[] = people.map((as, user) => ({ user, as, scopes: 7, maxLevel: 3, only: null }));
  for (const { user, readOnly, scopes, assistant } of plan.tokens) {
    const only = assistant !== null && assistant < assistants.length ? assistant : null;
    const bound = only === null ? {} : { assistant: assistants[only] as Made };
    const as = await world.token(people[user] as Person, { readOnly, ...(scopes && { scopes }), ...bound });
    const left = (scopes ?? (["read", "chat", "write"] as const)).reduce((bits, scope) => bits | scopeBits[scope], 0);
    const maxLevel = readOnly || (left & scopeBits.write) === 0 ? 1 : only === null ? 3 : 2;
    holders.push({ user, as, scopes: readOnly ? left & scopeBits.read : left, maxLevel, only });
  }
  return { world, root, people, principals: all, assistants, holders };
}

const ofRole = (role: TeamRole | null | undefined): number =>
  !role ? 0 : role === "admin" ? 3 : role === "member" || role === "memberPlus" ? 1 : 2;

/** The contract's access level of a user, as plainly as it can be said. */
export function levelOf(
  plan: PlannedPeople,
  user: number,
  { owner, shares }: Pick<PlannedAssistant, "owner" | "shares">,
): number {
  if (plan.users[user]?.superuser || owner === user) return 3;
  const owning = owner >= users ? ofRole(plan.roles[user]?.[owner - users]) : 0;
  const shared = shares.map((level, whom) => {
    if (whom === owner) return 0;
    const reaches = whom === user || (whom >= users && Boolean(plan.roles[user]?.[whom - users]));
    return reaches ? level : 0;
  });
  return Math.max(owning, ...shared);
}

/** What keeps a credential from reading assistants at all. */
export function refusalOf(plan: Plan, { user, scopes }: Holder): ErrorCode | null {
  const { enabled = false, seat = false } = plan.users[user] ?? {};
  if (!enabled) return "unauthenticated";
  if ((scopes & scopeBits.read) === 0) return "token_scope";
  return seat ? null : "ai_entitlement_required";
}

/** What reading one assistant comes to: a refusal, or the level that the credential has on it. */
export function readingOf(plan: Plan, holder: Holder, index: number): ErrorCode | number {
  const refusal = refusalOf(plan, holder);
  if (refusal === "unauthenticated" || refusal === "token_scope") return refusal;
  if (holder.only !== null && holder.only !== index) return "token_scope";
  if (refusal) return refusal;
  const level = levelOf(plan, holder.user, plan.assistants[index] as PlannedAssistant);
  return level === 0 ? "not_found" : Math.min(level, holder.maxLevel);
}

export const permissionsAt = (level: number) => ({
  write: level >= 2,
  delete: level >= 3,
  share: level >= 3,
  changeOwner: level >= 3,
});

export const isTeam = (principal: number): boolean => principal >= users;
