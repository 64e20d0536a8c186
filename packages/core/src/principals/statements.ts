import { tables } from "@steward/db";
import type { Role } from "../grants.ts";
import { assign, type Places, write } from "../statement.ts";

const { principals, users } = tables;

export interface NewPrincipal {
  readonly id: string;
  readonly kind: "user" | "team";
  readonly name: string;
  readonly displayName: string;
  readonly at: Date;
}

export const insertPrincipal = write((database, places: Places<NewPrincipal>) =>
  database.insert(principals).values({
    ...assign(principals, places, ["id", "kind", "name", "displayName"]),
    createdAt: places.at,
    updatedAt: places.at,
  }),
);

export interface NewUser {
  readonly id: string;
  readonly email: string | null;
  readonly role: Role;
  readonly grants: number;
  readonly enabled: boolean;
  readonly passwordHash: string | null;
}

export const insertUser = write((database, places: Places<NewUser>) =>
  database.insert(users).values(assign(users, places, ["id", "email", "role", "grants", "enabled", "passwordHash"])),
);
