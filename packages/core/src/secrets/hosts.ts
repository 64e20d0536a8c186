import * as z from "zod";

const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const port = "(?::([1-9][0-9]{0,4}))?";
const exact = new RegExp(`^(${label}(?:\\.${label})*)${port}$`);
const wildcard = new RegExp(`^\\*\\.(${label}(?:\\.${label})+)${port}$`);

const longestName = 253;
const highestPort = 65_535;

/** Whether a text in small letters says to which hosts something may be sent: `api.example.com`, `*.example.com:8443`. */
export function isHostPattern(text: string): boolean {
  const [, name = "", given = "0"] = exact.exec(text) ?? wildcard.exec(text) ?? [];
  return name !== "" && name.length <= longestName && Number(given) <= highestPort;
}

export const HostPattern = z
  .string()
  .max(2 + longestName + 6)
  .toLowerCase()
  .refine(
    isHostPattern,
    "A host such as api.example.com, *.example.com or api.example.com:8443, without a scheme or path",
  );

/** In one order and without doubles, so that two lists that say the same are the same. */
export const AllowedHosts = z
  .array(HostPattern)
  .max(20)
  .overwrite((hosts) => [...new Set(hosts)].sort())
  .meta({
    description:
      "Where a skill may send it: `api.example.com`, `*.example.com` for all beneath, each with `:port` where only one is meant. Changes only together with the value",
  });
