/** What stands in the places of a path. */
export type Places = Readonly<Record<string, string>>;

const plain = /^[\w.:~-]*$/;

/** A segment of a path as links carry it: a colon, which natural ids hold, stays as it is. */
export const segment = (text: string): string =>
  plain.test(text) ? text : encodeURIComponent(text).replaceAll("%3A", ":");

/** Takes a path with `{parameters}` apart once; what comes back fills it. A place without a value stays a brace. */
export function pathTemplate(path: string): (places: Places) => string {
  const parts = path.split(/{(\w+)}/);
  if (parts.length === 1) return () => path;
  return (places) => {
    let filled = "";
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index] ?? "";
      const value = places[part];
      filled += index % 2 === 0 ? part : value === undefined ? `{${part}}` : segment(value);
    }
    return filled;
  };
}

/** The parameter that a path ends with, which names the object there, or null. */
export const ownParameter = (path: string): string | null => /{(\w+)}$/.exec(path)?.[1] ?? null;
