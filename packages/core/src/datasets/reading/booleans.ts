/** The ways to write a boolean: that of the value true tells them apart. */
export type BooleanSpelling = "true" | "TRUE" | "True";

const spelled: Record<string, { readonly value: 0 | 1; readonly spelling: BooleanSpelling }> = {
  true: { value: 1, spelling: "true" },
  TRUE: { value: 1, spelling: "TRUE" },
  True: { value: 1, spelling: "True" },
  false: { value: 0, spelling: "true" },
  FALSE: { value: 0, spelling: "TRUE" },
  False: { value: 0, spelling: "True" },
};
const booleans = new Map(Object.entries(spelled));

/** `true` and `false` in one of three spellings; undefined for every other text, also `yes` and `1`. */
export const booleanOf = (text: string) => (text.length > 5 ? undefined : booleans.get(text));

/** False, where true is spelled this way. */
export const falseOf = { true: "false", TRUE: "FALSE", True: "False" } as const;
