import { assistants as resource } from "../access.ts";
import { invalid } from "../errors.ts";
import { type Guard, guard } from "../statement.ts";
import { withoutPlaceholders } from "./templates.ts";

const writtenOut = /^https:\/\/[^/?#\\@\s{}]+([/?][^#]*)?$/i;

/** Where a URL leads, in lower case. `address` is the host with its port. */
export interface Host {
  readonly host: string;
  readonly address: string;
}

/**
 * The host of an https URL, or null where there is none: it must be written out, whatever the model puts into the rest,
 * and stand without user name, password and fragment.
 */
export function hostOf(url: string): Host | null {
  const fixed = withoutPlaceholders(url);
  if (!writtenOut.test(url) || !URL.canParse(fixed)) return null;
  const { hostname, port } = new URL(fixed);
  const host = hostname.replace(/\.$/, "");
  return host ? { host, address: `${host}:${port || "443"}` } : null;
}

const privateEndings = /\.(localhost|local|internal|intranet|private|lan|home|corp|arpa|onion|test|invalid)$/;

/** Whether a host may be public as far as its name tells: it has a domain, and is no address. */
export const isPublic = (host: string): boolean =>
  host.includes(".") && /[a-z-][a-z0-9-]*$/.test(host) && !privateEndings.test(host);

interface Asked extends Host {
  readonly skillId: string;
  readonly data: string;
  readonly isPublic: number;
}

/** What is put back as it was read is not judged anew. */
const asItWas = `exists (select 1 from skills k where k.id = :skillId and k.assistant_id = ${resource.id} and k.data = :data)`;
const allowed = "(select custom_skill_hosts from settings where id = 1)";

/** Patterns are those of the secrets' hosts: `api.example.com`, `*.example.com`, either with a port. */
const matches = `h.value in (:host, :address) or (h.value like '*.%' and substr(h.value, 2) in
  (substr(:host, 1 - length(h.value)), substr(:address, 1 - length(h.value))))`;

const public_ = guard<Asked>(`:isPublic or json_array_length(${allowed}) > 0 or ${asItWas}`);
const listed = guard<Asked>(
  `json_array_length(${allowed}) = 0 or exists (select 1 from json_each(${allowed}) h where ${matches}) or ${asItWas}`,
);

/** That the settings let skills ask a URL: those that `customSkillHosts` lists, or any public one where it is empty. */
export function mayAsk(skillId: string, data: object, url: string, path: string): readonly Guard[] {
  const found = hostOf(url);
  if (!found) throw invalid(path, "Not an https URL");
  const values = { ...found, skillId, data: JSON.stringify(data), isPublic: Number(isPublic(found.host)) };
  return [
    public_(values, invalid(path, "Name a public host, by its domain")),
    listed(values, invalid(path, "The settings let skills ask other hosts only: an administrator may add this one")),
  ];
}
