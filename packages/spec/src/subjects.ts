import type { Resource } from "@steward/core";
import type { Presented } from "./arrange.ts";
import { callerFor } from "./doors.ts";
import type { World } from "./world.ts";

type Input = Readonly<Record<string, unknown>>;

/** The user behind what is presented, valid or not. */
export async function userOf(world: World, as: Presented): Promise<string | null> {
  const { credential } = callerFor(world, as);
  const [row] = await world.rows("select user_id from credentials where hash = ?", credential?.hash ?? null);
  return (row?.[0] as string | undefined) ?? null;
}

/** A scalar that one of the core's texts with named places gives for the row that the input names. */
async function scalar(world: World, text: string, resource: Resource, input: Input, as: Presented): Promise<unknown> {
  const reference = input[resource.key];
  const [subject1, subject2, subject3] =
    typeof reference === "string" ? resource.reference(reference) : [null, null, null];
  const values: Record<string, unknown> = {
    subject1,
    subject2,
    subject3,
    credential: callerFor(world, as).credential?.hash ?? null,
    now: Date.now(),
  };
  const args: unknown[] = [];
  const sql = text.replaceAll(/:([a-z][A-Za-z0-9]*)/g, (_, name: string) => `?${args.push(values[name])}`);
  const [row] = await world.rows(`select ${sql}`, ...args);
  return row?.[0] ?? null;
}

/** The immutable id of the row that an input names. */
export const subjectOf = (world: World, resource: Resource, input: Input, as: Presented): Promise<string | null> =>
  scalar(world, resource.id, resource, input, as) as Promise<string | null>;

/** The version of the row that an input names. */
export async function versionOf(world: World, resource: Resource, input: Input, as: Presented): Promise<number | null> {
  const text = resource.version.replaceAll("s.id", `(${resource.id})`);
  return (await scalar(world, text, resource, input, as)) as number | null;
}

/** A reference of the same form that leads nowhere. */
export function missing(reference: string): string {
  if (/^[0-9a-f-]{36}$/.test(reference)) return "01900000-0000-7000-8000-ffffffffffff";
  const at = reference.lastIndexOf(":");
  return at === -1 ? "nobody-here" : `${reference.slice(0, at)}:nothing-here`;
}
