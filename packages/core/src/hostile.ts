import type { ErrorDetail } from "./errors.ts";

const deepest = 32;
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);

/**
 * What no input may hold, wherever it stands: null bytes, halves of surrogate pairs, keys that reach into prototypes,
 * nesting without end. Answers with the first such place.
 */
export function findHostile(value: unknown, path = "", depth = 0): ErrorDetail | undefined {
  if (typeof value === "string") return hostileText(value, path);
  if (typeof value !== "object" || value === null) return undefined;
  if (depth >= deepest) return { path, message: `Nested more than ${deepest} levels deep` };
  for (const key of Object.keys(value)) {
    const inner = path ? `${path}.${key}` : key;
    if (forbiddenKeys.has(key)) return { path, message: `The key "${key}" is not allowed` };
    const found = hostileText(key, path) ?? findHostile((value as Record<string, unknown>)[key], inner, depth + 1);
    if (found) return found;
  }
  return undefined;
}

function hostileText(text: string, path: string): ErrorDetail | undefined {
  if (text.includes("\0")) return { path, message: "Contains a null byte" };
  if (!text.isWellFormed()) return { path, message: "Contains half of a surrogate pair" };
  return undefined;
}
