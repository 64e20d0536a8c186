import { fields } from "../secrets/schema.ts";

/** Where a value goes into a text: one of the model's input, or one of the assistant's secrets. */
export type Source = "input" | "secrets";

/** The name of a secret. */
export const SecretName = fields.name.meta({ description: "The name of a secret of the assistant" });

const placeholder = /\{\{([^{}]{0,200})\}\}/g;
const named = /^\s*(input|secrets)\.([\w.-]{1,128})\s*$/;

/** The text with all placeholders replaced by a letter: what is left is what stands there whatever is put in. */
export const withoutPlaceholders = (text: string): string => text.replaceAll(placeholder, "x");

/** Whether a text names a secret, however it is meant. */
export const namesSecret = (text: string): boolean => /\{\{\s*secrets\./.test(text);

/** What is wrong with the placeholders of a text, or null. `inputs`: the names that there are. */
export function mistakeIn(text: string, sources: readonly Source[], inputs: ReadonlySet<string>): string | null {
  for (const [whole, inner = ""] of text.matchAll(placeholder)) {
    const [, source, name = ""] = named.exec(inner) ?? [];
    if (!source || (source === "secrets" && !SecretName.safeParse(name).success))
      return `${whole} is no placeholder: write {{input.name}} or {{secrets.NAME}}`;
    if (!sources.includes(source as Source)) return `No {{${source}...}} may stand here`;
    if (source === "input" && !inputs.has(name)) return `The input schema has no property "${name}"`;
  }
  return withoutPlaceholders(text).includes("{{")
    ? "{{ begins a placeholder: end it with }}, or write something else"
    : null;
}
