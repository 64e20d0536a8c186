import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate, openExecutor } from "@steward/db/node";
import { execute, operations } from "../src/index.ts";
const url = `file:${join(mkdtempSync(join(tmpdir(), "smoke-")), "s.db")}`;
await migrate({ url });
const ex = openExecutor({ url });
const N = Number(process.argv[2] ?? 1000);
let last: any;
const services = { executor: { batch: (s: never, m: never) => { last = s; return ex.batch(s, m); } }, clock: { now: () => new Date() }, ids: { next: () => crypto.randomUUID() }, log: console, passwords: {} as never, sessions: {} as never, tokens: {} as never };
const q = (sql: string, ...args: unknown[]) => ex.batch([{ sql, args }], "write");
await q("insert into principals select 'u-'||value,'user','u'||value,'U',1,1,1 from generate_series(0,99)").catch(async () => { for (let i = 0; i < 100; i++) await q("insert into principals values('u-'||?,'user','u'||?,'U',1,1,1)", i, i); });
for (let i = 0; i < 100; i++) { await q("insert into users values('u-'||?,null,'member','[]',?,1,null)", i, i === 0 ? 63 : 1); await q("insert into seats values('u-'||?,null,1,1)", i); await q("insert into tokens(id,hash,hint,user_id,type,read_only,created_at,updated_at) values(?,?,'abcd','u-'||?,'personal',0,1,1)", `t${i}`, `h-${i}`, i); }
for (let i = 0; i < 20; i++) { await q("insert into principals values('t-'||?,'team','t'||?,'T',1,1,1)", i, i); await q("insert into teams values('t-'||?,null)", i); for (let u = 1; u < 100; u++) if ((u + i) % 5 === 0) await q("insert into memberships(user_id,team_id,role,version,created_at,updated_at) values('u-'||?,'t-'||?,'member',1,1,1)", u, i); }
const big: any[] = [];
for (let i = 0; i < N; i++) { big.push({ sql: "insert into assistants(id,owner_id,slug,name,sort_name,suggestions,instructions,created_at,updated_at) values(?,?,?,?,?,'[]',?,?,?)", args: [`0197a000-0000-7000-8000-${String(i).padStart(12, '0')}`, i % 3 ? `u-${i % 100}` : `t-${i % 20}`, `s${i}`, `Assistant ${(i * 7919) % N}`, `assistant ${(i * 7919) % N}`, "x".repeat(1000), i, i] }); if (i % 2) big.push({ sql: "insert into shares values(?,?,1,1,1,1,null) on conflict do nothing", args: [`0197a000-0000-7000-8000-${String(i).padStart(12, '0')}`, i % 4 === 1 ? `t-0` : `u-${(i * 7) % 100 || 1}`] }); }
const w0 = performance.now(); for (let i = 0; i < big.length; i += 1000) await ex.batch(big.slice(i, i + 1000), "write").catch((e) => { console.log(e.message); }); console.log("load", big.length, (performance.now() - w0) / big.length * 1000, "us each");
const as = (n: number) => ({ credential: { kind: "token" as const, hash: `h-${n}` }, address: null, defer: () => {} });
for (const [who, n] of [["superuser", 0], ["member of 4 teams", 5], ["member w/ big team", 10]] as const) {
  const one = async () => execute(services, as(n), "assistants.list", operations.assistants.list, { limit: 20 });
  const r: any = await one(); for (let i = 0; i < 20; i++) await one();
  const t = performance.now(); for (let i = 0; i < 100; i++) await one(); console.log(who, "list us", ((performance.now() - t) * 10).toFixed(0), r.total, r.count);
  const stmts = last;
  for (const [k, s] of stmts.entries()) { const t = performance.now(); for (let i = 0; i < 100; i++) await ex.batch([s], "read"); console.log("   stmt", k, ((performance.now() - t) * 10).toFixed(0)); }
  if (n === 0 && process.argv[3]) for (const s of stmts) console.log(s.sql, (await ex.batch([{ sql: "explain query plan " + s.sql, args: s.args }], "read"))[0]!.rows.map((r) => r[3]).join("\n"));
}
const t = performance.now(); for (let i = 0; i < 3000; i++) await execute(services, as(0), "assistants.get", operations.assistants.get, { id: "0197a000-0000-7000-8000-000000000005" }); console.log("get us", (performance.now() - t) / 3);
for (const s of last) { const t = performance.now(); for (let i = 0; i < 3000; i++) await ex.batch([s], "read"); console.log("   stmt", ((performance.now() - t) / 3).toFixed(1)); }
