import { type Attack, encode, hostileTexts } from "./fuzz-values.ts";
import type { Random } from "./random.ts";

const contentTypes = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "multipart/form-data",
  "application/json; charset=latin1",
  "application/json; charset=utf-16",
  "application/vnd.x+json",
  "application/octet-stream",
  "APPLICATION/JSON",
  ";;;",
  "x".repeat(5000),
];

let tenMegabytes: string | undefined;
const large = () => {
  tenMegabytes ??= `{"name":"${"x".repeat(10 * 1024 * 1024)}"}`;
  return tenMegabytes;
};

function withLastSegment(url: string, segment: string): string {
  const [path = "", ...query] = url.split("?");
  return [path.slice(0, path.lastIndexOf("/") + 1) + segment, ...query].join("?");
}

type Damage = (random: Random, attack: Attack) => Attack;
const bytes = (text: string) => new TextEncoder().encode(text);

const cut = (random: Random, text: string) => text.slice(0, random.below(text.length + 1));

function spliced(random: Random, body: Attack["body"], ...inserted: number[]): Uint8Array<ArrayBuffer> {
  const whole = typeof body === "string" ? bytes(body) : (body ?? new Uint8Array());
  const at = random.below(whole.length + 1);
  return Uint8Array.from([...whole.subarray(0, at), ...inserted, ...whole.subarray(at)]);
}

/** Ways to spoil a request. Those of bodies do nothing where there is none. */
const damages: readonly Damage[] = [
  (random, attack) => ({
    ...attack,
    method: random.one(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "PROPFIND", "get", "X"]),
  }),
  (random, attack) => ({ ...attack, headers: { ...attack.headers, "content-type": random.one(contentTypes) } }),
  (_, { headers: { "content-type": _type, ...headers }, ...attack }) => ({ ...attack, headers }),
  (random, attack) => (typeof attack.body === "string" ? { ...attack, body: cut(random, attack.body) } : attack),
  (random, attack) => ({ ...attack, body: spliced(random, attack.body, random.below(256), random.below(256)) }),
  (random, attack) => ({ ...attack, body: spliced(random, attack.body, 0xc3, 0x28) }),
  (random, attack) => ({
    ...attack,
    body: random.one([
      "[".repeat(50_000),
      `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
      "NaN",
      "\ufeff{}",
      '{"name":1e999}',
      '{"name":"a","name":"b"}',
      " ",
    ]),
  }),
  (random, attack) => (random.chance(0.1) ? { ...attack, body: large() } : attack),
  (random, attack) => ({
    ...attack,
    url: `${attack.url}${random.one(["%", "%zz", "%00", "%ED%A0%80", "/", "//", "?", "#x", ";a=b", "/..", "/%2e%2e/", ",", ".constructor"])}`,
  }),
  (random, attack) => ({
    ...attack,
    url: `${attack.url}${attack.url.includes("?") ? "&" : "?"}${random.one(["a=1&a=1", "%FF=1", "limit=%zz", "__proto__=1", "constructor=x", "limit[]=1", "cursor=%00", "=", "&&&", `q=${"x".repeat(9000)}`, "input=%7B", "batch=1"])}`,
  }),
  (random, attack) => ({
    ...attack,
    url: withLastSegment(attack.url, encode(random.one(hostileTexts).slice(0, 3000))),
  }),
  (random, attack) => ({
    ...attack,
    headers: {
      ...attack.headers,
      authorization: random.one([
        "Bearer",
        "Bearer ",
        "Bearer x y",
        "Basic YTpi",
        `Bearer stw_${"0".repeat(49)}`,
        `Bearer ${"x".repeat(60_000)}`,
        "bearer\tx",
      ]),
    },
  }),
  (random, attack) => ({
    ...attack,
    headers: {
      ...attack.headers,
      cookie: random.one([
        "sid",
        "sid=",
        "sid=;sid=a",
        "=",
        ";;;",
        `sid=${"a".repeat(60_000)}`,
        "sid=%00",
        'sid="x"',
        "sid=\u00ff",
      ]),
    },
  }),
  (random, attack) => ({
    ...attack,
    headers: {
      ...attack.headers,
      origin: random.one(["null", "https://evil.test", "file://", "https://steward.test", "::"]),
    },
  }),
  (random, attack) => ({
    ...attack,
    headers: {
      ...attack.headers,
      [random.one(["x-request-id", "x-http-method-override", "content-encoding", "x-spec-address", "trpc-accept"])]:
        random.one(["DELETE", "gzip", "<script>", "x".repeat(20_000), "application/jsonl", "\u00fc"]),
    },
  }),
];

/** Spoils a request in one or several ways, or in none. */
export function damage(random: Random, attack: Attack): Attack {
  let damaged = attack;
  for (let count = random.one([0, 0, 0, 1, 1, 2, 3]); count > 0; count--)
    damaged = random.one(damages)(random, damaged);
  return damaged;
}
