/** A record without the keys whose value is undefined: what was given. */
export const defined = <T extends object>(record: T) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** The keys in a fixed order, so that the same ones make the same statement. */
export const keysOf = <T extends object>(record: T) => Object.keys(record).sort() as (keyof T)[];

/** The result of the last step of a commit. */
export const last = <T>(results: readonly [...unknown[], T]): T => results[results.length - 1] as T;

/** What a text of JSON of ours stands for. */
export const parsed = <T>(text: string): T => JSON.parse(text);
