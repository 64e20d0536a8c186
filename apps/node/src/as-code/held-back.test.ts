import { readDocument } from "@steward/core";
import { expect, test } from "vitest";
import { withHeld, withoutHeld } from "./held-back.ts";
import { namingsIn } from "./naming.ts";

const document = readDocument({
  format: "steward.assistant/1",
  naturalId: "ada:desk",
  name: "Desk",
  skills: [
    { type: "assistant", name: "Ask A", data: { assistantId: "ada:a" } },
    { type: "mcp", name: "Tools", data: { url: "https://example.com/" } },
    { type: "assistant", name: "Ask B", data: { assistantId: "team:sup:b" } },
  ],
  references: [
    { targetType: "assistant", targetId: "ada:a" },
    { targetType: "url", targetId: "ada:a" },
    { targetType: "assistant", targetId: "ada:elsewhere" },
  ],
});
const namings = namingsIn(document, new Set(["ada:a", "sup:b", "ada:desk"]));

test("finds where a document names assistants that are known", () => {
  expect(namings.map(({ path, naturalId }) => `${path} ${naturalId}`)).toEqual([
    "document.skills.0.data.assistantId ada:a",
    "document.skills.2.data.assistantId sup:b",
    "document.references.0.targetId ada:a",
  ]);
});

test("takes out the parts that name them, and tells places as they are in the whole", () => {
  const reduced = withoutHeld(
    document,
    [namings[0], namings[2]].flatMap((one) => one ?? []),
  );
  expect(reduced.document.skills.map(({ name }) => name)).toEqual(["Tools", "Ask B"]);
  expect(reduced.document.references.map(({ targetId }) => targetId)).toEqual(["ada:a", "ada:elsewhere"]);
  const whole = (path: string) => reduced.inWhole({ path, message: "" }).path;
  expect(whole("document.skills.0.data.url")).toBe("document.skills.1.data.url");
  expect(whole("document.references.1.targetId")).toBe("document.references.2.targetId");
  expect(whole("document.name")).toBe("document.name");
  expect(withoutHeld(document, []).document).toEqual(document);
});

const part = (change: "removed" | "added", name: string, values: object) => ({
  change,
  id: "1",
  name,
  fields: Object.entries(values).map(([field, before]) => ({ field, before, after: null, lines: null })),
});

test("puts them into the changes: as new, or as changed where one of that name seemed to go", () => {
  const before = { type: "assistant", name: "Ask A", enabled: true, data: { assistantId: "0198" } };
  const reckoned = {
    changed: true,
    fields: [],
    skills: [part("removed", "Ask A", before), part("removed", "Ask B", { ...before, type: "mcp", name: "Ask B" })],
    references: [],
    secrets: [],
    knowledge: [],
    files: [],
  };
  const { skills, references, changed } = withHeld(reckoned, document, namings);
  expect(changed).toBe(true);
  expect(skills).toMatchObject([
    {
      change: "changed",
      name: "Ask A",
      fields: [{ field: "data", before: { assistantId: "0198" }, after: { assistantId: "ada:a" } }],
    },
    { change: "removed", name: "Ask B" },
    { change: "added", name: "Ask B" },
  ]);
  expect(skills[0]?.fields).toHaveLength(1);
  expect(references).toMatchObject([{ change: "added", name: "ada:a" }]);
});
