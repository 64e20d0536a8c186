import type { Context } from "../context.ts";
import { isStewardError, StewardError } from "../errors.ts";
import type { Pictures } from "../ports.ts";
import { defaultIconWithoutFonts } from "./default-icon.ts";

/** In pixels: what browsers ask an icon file for. */
const sizes = [16, 32, 48];

const icoType = "image/x-icon";
const svgType = "image/svg+xml";

export interface Favicon {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly hash: string;
  readonly contentType: typeof icoType;
}

/** What an icon file is made from. */
interface Source {
  readonly name: string;
  /** Null for the default icon. */
  readonly hash: string | null;
  readonly contentType: string | null;
  readonly key: string | null;
}

/** The last that were made, by what they were made from: a few kilobytes each. */
const mostKept = 200;
const keptBy = new WeakMap<Pictures, Map<string, Promise<Favicon>>>();

/** The icon file of an assistant. The same is made once, as long as it is asked for. */
export function faviconOf(ctx: Pick<Context, "pictures" | "blobs" | "sha256">, source: Source): Promise<Favicon> {
  const kept = keptBy.get(ctx.pictures) ?? new Map<string, Promise<Favicon>>();
  keptBy.set(ctx.pictures, kept);
  // An icon that cannot be drawn gives way to the default one: the name counts as well.
  const from = `${source.hash ?? ""}:${source.name}`;
  const made = kept.get(from) ?? make(ctx, source);
  kept.delete(from);
  kept.set(from, made);
  made.catch(() => kept.delete(from));
  const oldest = kept.keys().next().value;
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return made;
}

async function make(ctx: Pick<Context, "pictures" | "blobs" | "sha256">, source: Source): Promise<Favicon> {
  const bytes = (await ofIcon(ctx, source)) ?? (await ofName(ctx, source));
  const hash = ctx.sha256();
  hash.update(bytes);
  return { bytes, hash: await hash.digest(), contentType: icoType };
}

/** Null where there is none, or none that can be drawn in pixels. */
async function ofIcon({ pictures, blobs }: Pick<Context, "pictures" | "blobs">, { key, contentType }: Source) {
  if (key === null || contentType === null) return null;
  const stream = await blobs.get(key);
  if (!stream) throw new StewardError("not_found");
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  try {
    return await pictures.ico({ bytes, contentType }, sizes);
  } catch (error) {
    if (isStewardError(error) && error.code === "validation_failed") return null;
    throw error;
  }
}

const ofName = ({ pictures }: Pick<Context, "pictures">, { name }: Source) =>
  pictures.ico({ bytes: new TextEncoder().encode(defaultIconWithoutFonts(name)), contentType: svgType }, sizes);
