import * as z from "zod";
import type { Services } from "../ports.ts";
import { isVaultError } from "../secrets/vault-error.ts";
import { learnTenant } from "../tenant.ts";
import type { Contents, ContentsLink } from "./contents.ts";

/** Milliseconds that a link is good for: long enough to be followed, too short to be kept. */
const goodFor = 5 * 60 * 1000;

/** Where links lead, beneath the server's address. */
export const contentsPath = "/api/contents";

/** What a link stands for. It is sealed, so that nobody makes one, or another one of it. */
const Sealed = z.object({
  key: z.string(),
  hash: z.string(),
  size: z.int(),
  contentType: z.string(),
  filename: z.string(),
  version: z.int().optional(),
  expiresAt: z.int(),
});

/** A seal of its own: no secret's ciphertext opens as a link, and no link as a secret. */
const lineage = "contents";

const base64 = (bytes: Uint8Array) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

type LinkServices = Pick<Services, "vault" | "clock" | "executor">;

/** A link to contents, for a door that cannot answer with bytes itself. */
export async function linkTo(services: LinkServices, contents: Contents): Promise<z.input<typeof ContentsLink>> {
  const { source, until, ...described } = contents;
  const { contentType, size, filename } = described;
  // Whoever follows a link gets no longer time by it.
  const expiresAt = until?.getTime() ?? services.clock.now().getTime() + goodFor;
  const shown = { expiresAt: new Date(expiresAt), contentType, size, filename };
  if ("bytes" in source) return { url: `data:${contentType};base64,${base64(source.bytes)}`, ...shown };
  const tenant = await learnTenant(services);
  const { ciphertext } = await services.vault.seal(JSON.stringify({ ...described, ...source, expiresAt }), {
    tenant,
    lineage,
  });
  return { url: `${contentsPath}/${ciphertext}`, ...shown };
}

/** Base64 of URLs as it is written: none of its last bits is said in two ways. */
const written = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** What a link stands for; null for one that was never made, or is over. */
export async function openLink(
  { vault, now, tenant }: Pick<Services, "vault"> & { readonly now: Date; readonly tenant: string },
  sealed: string,
): Promise<Contents | null> {
  if (!sealed.split(".").every((part) => written.test(part))) return null;
  try {
    const opened = Sealed.parse(JSON.parse(await vault.open(sealed, { tenant, lineage })));
    const { key, expiresAt, ...described } = opened;
    return expiresAt > now.getTime() ? { ...described, until: new Date(expiresAt), source: { key } } : null;
  } catch (error) {
    if (isVaultError(error)) return null;
    throw error;
  }
}
