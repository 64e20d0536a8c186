import { type Services, sortNameOf } from "@steward/core";
import { type Statement, tables } from "@steward/db";
import { drizzle } from "drizzle-orm/sqlite-proxy";
import { assistants, people, teams } from "./demo.ts";

export interface NewAdmin {
  readonly username: string;
  readonly passwordHash: string;
}

export interface NewDemo {
  readonly passwordHash: string | null;
  readonly token: { readonly hash: string; readonly hint: string };
}

const day = 24 * 60 * 60 * 1000;

/** Days that the token of the first start's curl line lives. */
const tokenDays = 30;

/** The statements that make the first user and, when asked for, the demo world, each row with its line in the audit. */
export function worldStatements({ ids, clock }: Services, admin: NewAdmin, demo: NewDemo | null): Statement[] {
  const world = new World(clock.now(), () => ids.next());
  const { username, passwordHash } = admin;
  world.addUser({ name: username, displayName: "Administrator", email: null, role: "admin", passwordHash });
  if (!demo) return world.statements;
  for (const person of people.filter(({ name }) => name !== username)) {
    world.addUser({ ...person, passwordHash: demo.passwordHash });
  }
  for (const team of teams) world.addTeam(team);
  for (const assistant of assistants) world.addAssistant(assistant, username);
  world.addToken(username, demo.token);
  return world.statements;
}

const insertInto = drizzle(async () => ({ rows: [] }));

type NewUser = Pick<typeof tables.users.$inferInsert, "email" | "role" | "passwordHash"> & {
  readonly name: string;
  readonly displayName: string;
};

/** Collects statements. What is made refers to users and teams by their names. */
class World {
  readonly statements: Statement[] = [];
  readonly #ids = new Map<string, string>();
  readonly #at: Date;
  readonly #nextId: () => string;

  constructor(at: Date, nextId: () => string) {
    this.#at = at;
    this.#nextId = nextId;
  }

  addUser({ name, displayName, ...user }: NewUser): void {
    const id = this.#addPrincipal("user", name, displayName);
    this.#add(insertInto.insert(tables.users).values({ id, ...user }));
    this.#add(insertInto.insert(tables.seats).values({ userId: id, createdAt: this.#at }));
    this.#note("users.create", id);
  }

  addTeam({ name, displayName, description, members }: (typeof teams)[number]): void {
    const id = this.#addPrincipal("team", name, displayName);
    this.#add(insertInto.insert(tables.teams).values({ id, description }));
    this.#note("teams.create", id);
    for (const [member, role] of Object.entries(members)) {
      const row = { userId: this.#idOf(member), teamId: id, role, ...this.#moments };
      this.#add(insertInto.insert(tables.memberships).values(row));
      this.#note("teams.setMember", id);
    }
  }

  addAssistant(assistant: (typeof assistants)[number], admin: string): void {
    const { owner, shares = {}, favoriteOf = [], suggestions = [], ...fields } = assistant;
    const id = this.#nextId();
    const [ownerId, createdBy] = [this.#idOf(owner), this.#idOf(makerOf(owner))];
    const made = { ownerId, createdBy, updatedBy: createdBy, ...this.#moments };
    // The names here are plain ASCII, so lower case is how they sort.
    const row = { id, ...fields, sortName: sortNameOf(fields.name), suggestions: [...suggestions], ...made };
    this.#add(insertInto.insert(tables.assistants).values(row));
    this.#note("assistants.create", id, createdBy);
    for (const [name, level] of Object.entries(shares)) {
      const share = { assistantId: id, principalId: this.#idOf(name), level, createdBy, ...this.#moments };
      this.#add(insertInto.insert(tables.shares).values(share));
      this.#note("shares.set", id, createdBy);
    }
    for (const name of favoriteOf) {
      const userId = this.#idOf(name === "admin" ? admin : name);
      this.#add(insertInto.insert(tables.favorites).values({ userId, assistantId: id, createdAt: this.#at }));
    }
  }

  addToken(username: string, { hash, hint }: NewDemo["token"]): void {
    const id = this.#nextId();
    const expiresAt = new Date(this.#at.getTime() + tokenDays * day);
    const notes = "Made at the first start for its curl line";
    const row = { id, userId: this.#idOf(username), hash, hint, readOnly: true, notes, expiresAt, ...this.#moments };
    this.#add(insertInto.insert(tables.tokens).values({ ...row, type: "personal" }));
    this.#note("tokens.create", id);
  }

  get #moments() {
    return { createdAt: this.#at, updatedAt: this.#at };
  }

  #addPrincipal(kind: "user" | "team", name: string, displayName: string): string {
    const id = this.#nextId();
    this.#ids.set(name, id);
    this.#add(insertInto.insert(tables.principals).values({ id, kind, name, displayName, ...this.#moments }));
    return id;
  }

  /** Nobody has asked for it where the user is null: whoever has started the server has. */
  #note(operation: string, subject: string, userId: string | null = null): void {
    this.#add(insertInto.insert(tables.audit).values({ at: this.#at, operation, subject, userId }));
  }

  #add(query: { toSQL(): { readonly sql: string; readonly params: unknown[] } }): void {
    const { sql, params } = query.toSQL();
    this.statements.push({ sql, args: params });
  }

  #idOf(name: string): string {
    const id = this.#ids.get(name);
    if (id === undefined) throw new Error(`The demo world has no ${name}`);
    return id;
  }
}

/** The person who has made what this owner owns: itself, or a team's admin. */
function makerOf(owner: string): string {
  const team = teams.find(({ name }) => name === owner);
  const [admin] = Object.entries(team?.members ?? {}).find(([, role]) => role === "admin") ?? [];
  return admin ?? owner;
}
