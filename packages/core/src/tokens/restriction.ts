import { tokens as resource } from "../access.ts";
import { invalid } from "../errors.ts";
import { type AddressRange, hostRange, networkRange } from "../session/network.ts";
import { guard } from "../statement.ts";

/** From which addresses a token may be used, as far as a request says it. */
interface Given {
  readonly restrict?: "host" | "cidr" | null | undefined;
  readonly host?: string | null | undefined;
  readonly cidr?: string | null | undefined;
}

const named = { host: "the address", cidr: "the range" } as const;
const missing = (which: "host" | "cidr") => invalid(which, `Give ${named[which]} together with \`restrict: ${which}\``);

const rangesOf = ({ host, cidr }: Given): Record<"host" | "cidr", AddressRange | null> => ({
  host: hostRange(host ?? ""),
  cidr: networkRange(cidr ?? ""),
});

/** What is given of `host` and `cidr`, in the one way in which each is written. */
export function inOneForm<G extends Given>(given: G): G {
  const { host, cidr } = rangesOf(given);
  return { ...given, ...(host && { host: host.text }), ...(cidr && { cidr: cidr.text }) };
}

/** The range of a new token that says all of its restriction, as the gate compares it; nulls for none. */
export function addressesOf(given: Given): { firstAddress: string | null; lastAddress: string | null } {
  const { restrict } = given;
  if (restrict === undefined && (given.host ?? given.cidr ?? null) !== null)
    throw invalid("restrict", "Say which counts, `host` or `cidr`; null for none");
  const range = restrict ? rangesOf(given)[restrict] : null;
  if (restrict && !range) throw missing(restrict);
  return { firstAddress: range?.first ?? null, lastAddress: range?.last ?? null };
}

/** Values for {@link changedAddress}: the ranges that a change gives. */
export type RangeValues = Record<"hostFirst" | "hostLast" | "cidrFirst" | "cidrLast", string | null>;

export function rangeValues(given: Given): RangeValues {
  const { host, cidr } = rangesOf(given);
  return {
    hostFirst: host?.first ?? null,
    hostLast: host?.last ?? null,
    cidrFirst: cidr?.first ?? null,
    cidrLast: cidr?.last ?? null,
  };
}

/** SQL for one end of a token's range after a change: as it is given, or as it was where the same still counts. */
export const changedAddress = (end: "first" | "last", restrict: ":restrict" | "restrict") =>
  `case ${restrict} ${["host", "cidr"].map((which) => `when '${which}' then ${rangeEnd(which, end)}`).join(" ")} end`;

const rangeEnd = (which: string, end: "first" | "last") => {
  const given = `:${which}${end === "first" ? "First" : "Last"}`;
  return `coalesce(${given}, iif(restrict = '${which}', ${end}_address, null))`;
};

const complete = guard(`exists (select 1 from tokens where id = ${resource.id} and (restrict is null
  or first_address is not null and iif(restrict = 'host', host, cidr) is not null))`);

/** Stands after a change: what counts must be there, and be given with the change that makes it count. */
export const isComplete = ({ restrict }: Given) =>
  complete(
    {},
    restrict ? missing(restrict) : invalid("restrict", "What counts must be there: set `restrict` to null first"),
  );
