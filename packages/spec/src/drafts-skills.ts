import { doors } from "./doors.ts";
import { withPart } from "./drafts-model.ts";
import type { Expected, Side, Step } from "./drafts-story.ts";
import { expectSuccess } from "./expectations.ts";

const names = ["alpha", "beta", "gamma"];

export const skillText = ({ name, data }: Record<string, unknown>) =>
  `${String(name)} ${JSON.stringify((data as { languages: unknown }).languages)}`;

export function expectChange({ id, state, becomes: then }: Side, { which, value }: Step): Expected | null {
  const keys = [...state.skills.keys()];
  const key = keys[which % keys.length];
  if (key === undefined) return null;
  const name = names[value % 3] ?? "";
  const changed = `${name} ${state.skills.get(key)?.replace(/^\S+ /, "")}`;
  return {
    name: "skills.update",
    input: { id, skillId: key, name },
    after: (model, stage) => then(model, stage, (before) => withPart(before, "skills", key, changed)),
  };
}

/** A skill is taken out, and put in again as it was: to a commit it is the same. */
export function expectAgain({ id, state, becomes: then }: Side, { which }: Step): Expected | null {
  const [key, what] = [...state.skills][which % Math.max(1, state.skills.size)] ?? [];
  if (key === undefined || what === undefined) return null;
  const [name = "", data = ""] = [what.slice(0, what.indexOf(" ")), what.slice(what.indexOf(" ") + 1)];
  return {
    name: "skills.delete",
    input: { id, skillId: key },
    async after(model, stage) {
      const input = { id, type: "code-execution", name, data: { languages: JSON.parse(data) } };
      const made = expectSuccess(await doors.core(stage.world, stage.people[0] ?? null, "skills.create", input));
      const gone = await then(model, stage, (before) => withPart(before, "skills", key, null));
      return then(gone, stage, (before) => withPart(before, "skills", (made as { id: string }).id, what));
    },
  };
}
