const longest = 63;
/** Room for the `-2`, `-3` ... that make a slug the only one of its owner. */
const room = 8;

/** The contract's pattern; `-draft` is what the slug of a draft ends in. */
const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const isSlug = (text: string) => slugPattern.test(text) && !text.endsWith("-draft");

/** A slug made from a name: its letters and digits in ASCII, hyphens between. `otherwise` when none are left. */
export function slugOf(name: string, otherwise: "assistant" | "dataset" = "assistant"): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const slug = plain.slice(0, longest - room).replaceAll(/^-+|-+$/g, "");
  if (!slug) return otherwise;
  return slug.endsWith("-draft") || slug === "draft" ? `${slug}s` : slug;
}

/** A name as lists sort it: without regard to case and accents. */
export const sortNameOf = (name: string) => name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** {@link sortNameOf}, and behind it what tells two names apart: they have the same key when they differ in case alone. */
export const nameKeyOf = (name: string) => `${sortNameOf(name)}\u0001${name.normalize("NFC").toLowerCase()}`;
