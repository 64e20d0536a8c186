import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { asBearer, me, meSuperuser, principalId, principalReference, type Resource } from "../access.ts";
import { StewardError } from "../errors.ts";
import { fragment } from "../fragment.ts";
import { PrincipalId, Version } from "../schemas.ts";
import { type Guard, guard } from "../statement.ts";

export const OwnerType = z.enum(["user", "team"]);

export const Owner = z
  .object({
    ownerId: PrincipalId,
    ownerType: OwnerType,
    displayName: z.string(),
    permissions: z.object({ changeOwner: z.boolean() }),
    version: Version.meta({ description: "The version of what is owned" }),
  })
  .meta({ id: "Owner", description: "To whom an assistant or a dataset belongs" });

export interface NewOwner {
  readonly ownerName: string;
  readonly ownerKind: string | null;
}
/** SQL for the id of the owner that the request names. */
export const newOwner = principalId(":ownerName", ":ownerKind");

/** Whom a request names; fails with `not_found` where it says two kinds. */
export function asNewOwner(ownerId: string, ownerType: "user" | "team" | undefined): NewOwner {
  const [ownerName, kind] = principalReference(ownerId);
  if (ownerType && kind && ownerType !== kind) throw new StewardError("not_found");
  return { ownerName, ownerKind: ownerType ?? kind };
}

/** What is owned: its kind, and where it and its shares lie. */
interface Owned {
  readonly resource: Resource;
  readonly table: string;
  readonly shares: string;
  /** The column by which a share names what it is of. */
  readonly key: string;
}

/** What is told of the owner of a row, and what must hold before it has another one. */
export function owning({ resource, table, shares, key }: Owned) {
  const known = guard<NewOwner>(`${newOwner} is not null`);
  /** To a team in which one may write; to anybody else only by a superuser. To whom it belongs already is no change. */
  const mayGive = guard<NewOwner>(`${newOwner} = (select owner_id from ${table} where id = ${resource.id})
    or exists (with ${asBearer} select 1 from bearer b where b.superuser
      or exists (select 1 from memberships m where m.user_id = b.user_id and m.team_id = ${newOwner} and m.level >= 2))`);
  const principal = <T>(value: string) =>
    sql.raw(`(select ${value} from principals p where p.id = ${table}.owner_id)`) as SQL<T>;
  return {
    columns: {
      ownerId: principal<string>("p.kind || ':' || p.name"),
      ownerType: principal<"user" | "team">("p.kind"),
      displayName: principal<string>("p.display_name"),
    },
    toGive: (values: NewOwner): Guard[] => [
      known(values, new StewardError("not_found")),
      mayGive(values, new StewardError("forbidden")),
    ],
    /** Whether the caller administers the row under its new owner: what RETURNING sees before the triggers. */
    stillAdministers: sql<boolean>`${fragment(`(${meSuperuser} or ${table}.owner_id = ${me}
      or exists (select 1 from memberships m
        where m.user_id = ${me} and m.team_id = ${table}.owner_id and m.level = 3)
      or exists (select 1 from ${shares} s where s.${key} = ${table}.id and s.level = 3 and (s.principal_id = ${me}
        or exists (select 1 from memberships m where m.user_id = ${me} and m.team_id = s.principal_id))))`)}`.mapWith(
      Boolean,
    ),
    /** For the trail: from whom and to whom, under the names that they have. */
    parties: `(select json_object('from', f.kind || ':' || f.name, 'to', t.kind || ':' || t.name)
      from ${table} a join principals f on f.id = a.owner_id join principals t on t.id = ${newOwner}
      where a.id = ${resource.id})`,
  };
}
