import { AssistantDocument, configSchemaOf, drivers, type SkillDriver } from "@steward/core";
import * as z from "zod";

type Schema = z.core.JSONSchema.BaseSchema;

/** An object whose keys are anybody's says no more than that it is one. */
const plainly: NonNullable<Parameters<typeof z.toJSONSchema>[1]>["override"] = ({ zodSchema, jsonSchema }) => {
  const { def } = zodSchema._zod;
  if (def.type !== "record" || def.valueType._zod.def.type !== "unknown") return;
  delete jsonSchema.propertyNames;
  delete jsonSchema.additionalProperties;
};

const { $defs: { AssistantDocument: { id: _id, ...whole } = {} } = {}, $schema } = z.toJSONSchema(AssistantDocument, {
  io: "input",
  override: plainly,
});

function within(schema: Schema, key: string): Schema {
  const found = schema.properties?.[key];
  if (typeof found !== "object") throw new Error(`The document has no ${key}`);
  return found;
}

/** Which configuration a skill of this type takes. A type that is not known here is not refused: servers may know more. */
function ofType(driver: SkillDriver): Schema {
  const { $schema: _, ...data } = configSchemaOf(driver);
  return {
    if: { properties: { type: { const: driver.id } }, required: ["type"] },
    // biome-ignore lint/suspicious/noThenProperty: it is what JSON Schema calls it, and nobody awaits it.
    then: { properties: { data } },
  };
}

/**
 * The JSON Schema of an assistant's document as people write it, for editors: what zod says, and what it cannot say of the
 * natural id and of each type of skill.
 */
export function documentSchema(): Schema {
  const skills = within(whole, "skills");
  const all = [...drivers.values()];
  const skill = skills.items as Schema;
  const type = { ...within(skill, "type"), examples: all.map(({ id }) => id) };
  return {
    $schema,
    title: "An assistant of Steward",
    ...whole,
    properties: {
      ...whole.properties,
      naturalId: {
        ...within(whole, "naturalId"),
        pattern: "^(?!(?:user|team):)[a-z0-9][a-z0-9._-]{0,62}:(?!.*-draft$)[a-z0-9][a-z0-9-]{0,62}$",
      },
      skills: {
        ...skills,
        items: { ...skill, properties: { ...skill.properties, type }, allOf: all.map(ofType) },
      },
      _links: { type: "object", description: "Of an answer over REST. An import does not read it" },
    },
  };
}
