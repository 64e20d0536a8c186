import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { me, meSuperuser, principalId, principalReference, type Resource } from "../access.ts";
import { invalid, StewardError } from "../errors.ts";
import { Moment, PrincipalId, Version } from "../schemas.ts";
import { type Guard, guard, versionIs } from "../statement.ts";

export const AccessLevel = z.int().min(1).max(3).meta({ description: "1 read, 2 write, 3 administer" });

export const Share = z
  .object({
    principalId: PrincipalId,
    displayName: z.string(),
    accessLevel: AccessLevel,
    createdBy: PrincipalId.nullable().meta({ description: "Who shared it first" }),
    permissions: z.object({ share: z.boolean() }),
    version: Version,
    createdAt: Moment,
    updatedAt: Moment,
  })
  .meta({ id: "Share", description: "What a user or a team may do with an assistant that it does not own" });

export const toShare = <R extends object>(row: R, mayShare: boolean) => ({ ...row, permissions: { share: mayShare } });

/** The user or team that the request names beside what is shared. */
export const withWhom = principalId(":principalName", ":principalKind");
export interface WithWhom {
  readonly principalName: string;
  readonly principalKind: string | null;
}
export const asWithWhom = (text: string): WithWhom => {
  const [principalName, principalKind] = principalReference(text);
  return { principalName, principalKind };
};

/** What is shared: its kind, and where it and its shares lie. */
export interface Shared {
  readonly resource: Resource;
  readonly table: string;
  readonly shares: string;
  /** The column by which a share names what it is of. */
  readonly key: string;
  /** SQL for whether what it wants shows no more than the share `s` that is there, where that is not its level alone. */
  readonly narrower?: string;
}

interface Wanted extends WithWhom {
  readonly accessLevel: number;
  readonly expectedVersion: number | undefined;
  /** Values for `narrower`. */
  readonly narrowing?: object;
}

/** Columns of a share that are not of its own table. */
export function principalColumns({ shares }: Shared) {
  const principal = <T>(column: string, value: string) =>
    sql.raw(`(select ${value} from principals p where p.id = ${shares}.${column})`) as SQL<T>;
  return {
    principalId: principal<string>("principal_id", "p.kind || ':' || p.name"),
    displayName: principal<string>("principal_id", "p.display_name"),
    createdBy: principal<string | null>("created_by", "p.kind || ':' || p.name"),
  };
}

const policy = "(select share_policy from settings where id = 1)";
const sharingIsOff = new StewardError("forbidden", {
  message: "An administrator has switched sharing off: what is shared already may only be lowered or ended",
});
/** What one has can be shared with so many: the index of a search may have its words once for each of them. */
const mostOfOne = 500;

/** What must hold before something is shared, or is no longer, with the user or team that the request names. */
export function sharing({ resource, table, shares, key, narrower = "true" }: Shared) {
  const { name } = resource;
  const ofShare = `select version from ${shares} where ${key} = ${resource.id} and principal_id = ${withWhom}`;
  const levelBefore = `(select level from ${shares} where ${key} = ${resource.id} and principal_id = ${withWhom})`;
  const there = guard<WithWhom>(`exists (${ofShare})`);
  const unchanged = versionIs(`(${ofShare})`);
  const known = guard<WithWhom>(`${withWhom} is not null`);
  const notOwner = guard<WithWhom>(`${withWhom} <> (select owner_id from ${table} where id = ${resource.id})`);
  /** Who sets the policy is not bound by it, and what is shared already may be lowered. */
  const spared = `(${meSuperuser} or exists (select 1 from ${shares} s where s.${key} = ${resource.id}
    and s.principal_id = ${withWhom} and s.level >= :accessLevel and ${narrower}))`;
  const sharingIsOn = guard<WithWhom & { accessLevel: number }>(`${policy} <> 'nobody' or ${spared}`);
  const withOwnTeam = guard<WithWhom & { accessLevel: number }>(`${policy} <> 'own-teams' or ${spared}
    or exists (select 1 from memberships where user_id = ${me} and team_id = ${withWhom})`);
  const ownTeamsOnly = new StewardError("forbidden", {
    message: `An administrator lets ${name}s be shared with one's own teams only`,
  });
  const room = guard<WithWhom>(`exists (${ofShare})
    or (select count(*) from ${shares} where ${key} = ${resource.id}) < ${mostOfOne}`);
  const full = new StewardError("conflict", {
    message: `What is shared has at most ${mostOfOne} shares: share it with a team, and put people there`,
  });
  return {
    toSet: ({ accessLevel, expectedVersion, narrowing, ...values }: Wanted): Guard[] => [
      known(values, new StewardError("not_found")),
      sharingIsOn({ ...values, ...narrowing, accessLevel }, sharingIsOff),
      withOwnTeam({ ...values, ...narrowing, accessLevel }, ownTeamsOnly),
      unchanged({ ...values, expectedVersion }),
      notOwner(values, invalid("principalId", `The owner has the ${name} already`)),
      room(values, full),
    ],
    toEnd: ({ expectedVersion, ...values }: Omit<Wanted, "accessLevel">): Guard[] => [
      there(values, new StewardError("not_found")),
      unchanged({ ...values, expectedVersion }),
    ],
    /** What the trail keeps: with whom, under which name, and what was there before. */
    whom: `json_object('principalId', (select kind || ':' || name from principals where id = ${withWhom}),
      'before', ${levelBefore})`,
  };
}
