/** What is random in an answer by design: what only its reader knows, and ids that the database has made. */
export const masked = (value: unknown): unknown =>
  value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value, (key, inner) => (isRandom(key, inner) ? "random" : inner)));

const isRandom = (key: string, value: unknown) =>
  ["sid", "token", "hint"].includes(key) ||
  (typeof value === "string" && /^(?!01900000-)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value));
