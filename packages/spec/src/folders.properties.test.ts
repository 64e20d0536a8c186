import fc from "fast-check";
import { expect, test } from "vitest";
import type { Person } from "./arrange.ts";
import { doors } from "./doors.ts";
import { openWorld, type World } from "./world.ts";

/** What is done, with folders and assistants by their place among those made so far; -1 is the top. */
type Act =
  | { readonly kind: "create"; readonly owner: number; readonly parent: number; readonly name: string }
  | { readonly kind: "move"; readonly folder: number; readonly parent: number }
  | { readonly kind: "rename"; readonly folder: number; readonly name: string }
  | { readonly kind: "delete"; readonly folder: number }
  | { readonly kind: "place"; readonly assistant: number; readonly folder: number };

const somewhere = fc.integer({ min: -1, max: 9 });
const folder = fc.nat(9);
const name = fc.constantFrom("A", "a", "B", "C", "D");
const owner = fc.nat(1);
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("create" as const), owner, parent: somewhere, name }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant("move" as const), folder, parent: somewhere }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("rename" as const), folder, name }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("delete" as const), folder }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("place" as const), assistant: fc.nat(3), folder: somewhere }),
    },
  ),
  { minLength: 5, maxLength: 40 },
);

interface Kept {
  readonly owner: number;
  readonly name: string;
  readonly parent: string | null;
}

/** The rules of the tree, as plainly as they can be said. */
class Model {
  readonly folders = new Map<string, Kept>();
  readonly placed: (string | null)[] = [null, null, null, null];

  id(index: number): string | null {
    return index < 0 ? null : ([...this.folders.keys()][index % Math.max(1, this.folders.size)] ?? null);
  }

  /** Whether this one is among those in which the other lies, or is it. */
  holds(outer: string, inner: string | null): boolean {
    return inner !== null && (inner === outer || this.holds(outer, this.folders.get(inner)?.parent ?? null));
  }

  taken({ owner, parent, name }: Kept, but?: string): boolean {
    return [...this.folders].some(
      ([id, one]) =>
        id !== but && one.owner === owner && one.parent === parent && one.name.toLowerCase() === name.toLowerCase(),
    );
  }

  /** What becomes of a folder that is made or changed; the change is made where it may be. */
  put(id: string, kept: Kept): string {
    const above = kept.parent === null ? undefined : this.folders.get(kept.parent);
    if (above && above.owner !== kept.owner) return "validation_failed";
    if (this.folders.has(id) && this.holds(id, kept.parent)) return "conflict";
    if (this.taken(kept, id)) return "conflict";
    this.folders.set(id, kept);
    return "done";
  }

  remove(id: string): string {
    const { parent } = this.folders.get(id) as Kept;
    const within = [...this.folders].filter(([, one]) => one.parent === id);
    if (within.some(([, one]) => this.taken({ ...one, parent }, id))) return "conflict";
    for (const [child, one] of within) this.folders.set(child, { ...one, parent });
    for (const [index, place] of this.placed.entries()) if (place === id) this.placed[index] = parent;
    this.folders.delete(id);
    return "done";
  }

  /** The first two assistants are the first owner's, the others the second's. */
  place(assistant: number, into: string | null): string {
    const fits = into === null || this.folders.get(into)?.owner === Math.floor(assistant / 2);
    if (fits) this.placed[assistant] = into;
    return fits ? "done" : "validation_failed";
  }
}

interface Things {
  readonly world: World;
  readonly ada: Person;
  readonly owners: readonly string[];
  readonly assistants: readonly { readonly id: string }[];
}

async function arrange(world: World): Promise<Things> {
  const ada = await world.user({ name: "ada" });
  const crew = await world.team({ name: "crew", members: [[ada, "designer"]] });
  const owners = [ada, ada, crew, crew];
  const assistants = [];
  for (const [index, owner] of owners.entries())
    assistants.push(await world.assistant({ owner, name: `Assistant ${index}` }));
  return { world, ada, owners: ["user:ada", "team:crew"], assistants };
}

/** Does it in the world and in the model; both must come to the same. */
async function perform({ world, ada, owners, assistants }: Things, model: Model, act: Act): Promise<void> {
  const ask = async (name: Parameters<typeof doors.core>[2], input: Record<string, unknown>) => {
    const answer = await doors.core(world, ada, name, input);
    return { outcome: answer.ok ? "done" : answer.code, value: answer.ok ? answer.value : null };
  };
  if (act.kind === "create") {
    const [parent, { owner, name }] = [model.id(act.parent), act];
    const { outcome, value } = await ask("folders.create", { name, parentId: parent, ownerId: owners[owner] });
    const id = (value as { id: string } | null)?.id ?? "refused";
    expect(model.put(id, { owner, name, parent }), JSON.stringify(act)).toBe(outcome);
    return;
  }
  const id = model.id(act.folder);
  if (act.kind === "place") {
    const { outcome } = await ask("assistants.update", { id: assistants[act.assistant]?.id, folderId: id });
    expect(model.place(act.assistant, id), JSON.stringify(act)).toBe(outcome);
    return;
  }
  if (id === null) return;
  const kept = model.folders.get(id) as Kept;
  if (act.kind === "delete") expect(model.remove(id)).toBe((await ask("folders.delete", { id })).outcome);
  else if (act.kind === "rename")
    expect(model.put(id, { ...kept, name: act.name })).toBe(
      (await ask("folders.update", { id, name: act.name })).outcome,
    );
  else {
    const parent = model.id(act.parent);
    const { outcome } = await ask("folders.update", { id, parentId: parent });
    expect(model.put(id, { ...kept, parent }), JSON.stringify(act)).toBe(outcome);
  }
}

test("whatever is made, moved and deleted, no folder lies within itself and nothing is lost", {
  timeout: 60_000,
}, async () => {
  const property = fc.asyncProperty(acts, async (all) => {
    const world = await openWorld({ keep: true });
    try {
      const things = await arrange(world);
      const model = new Model();
      for (const act of all) {
        await perform(things, model, act);
        const rows = await world.rows("select id, parent_id from folders order by id");
        expect(rows).toEqual([...model.folders].map(([id, { parent }]) => [id, parent]).toSorted());
        expect((await world.rows("select folder_id from assistants order by number")).flat()).toEqual(model.placed);
      }
      // All are reached from the top.
      const [[reached] = []] =
        await world.rows(`with recursive down(id) as (select id from folders where parent_id is null
        union select f.id from down join folders f on f.parent_id = down.id) select count(*) from down`);
      expect(reached).toBe(model.folders.size);
    } finally {
      await world.close();
    }
  });
  await fc.assert(property, { numRuns: 60 });
});
