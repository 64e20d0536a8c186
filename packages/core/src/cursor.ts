import * as z from "zod";
import { invalid } from "./errors.ts";
import { fingerprint } from "./fingerprint.ts";
import { findHostile } from "./hostile.ts";

/** Where a page ended: the sort key and the id of its last row, and how many rows lie before the next one. */
export interface Position {
  readonly key: string | number;
  readonly id: string;
  readonly start: number;
}

/** Ties a position to the list it was made for; it guards against mistakes, and gives no right that one lacks. */
const seal = (body: string, list: unknown) => fingerprint(`${body}\n${JSON.stringify(list)}`);

// One for all: making one takes longer than what it does here.
const encoder = new TextEncoder();

const encode = (text: string) =>
  btoa(String.fromCharCode(...encoder.encode(text)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const decode = (text: string) =>
  new TextDecoder().decode(
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)),
  );

/** `list` is what was asked for: order and filters. A cursor is good for the same again, and for nothing else. */
export function toCursor(position: Position, list: unknown): string {
  const body = encode(JSON.stringify([position.key, position.id, position.start]));
  return `${body}.${seal(body, list)}`;
}

/** `validation_failed` for anything that {@link toCursor} has not made for this list. */
export function fromCursor(cursor: string, list: unknown): Position {
  const [body = "", mark] = cursor.split(".");
  const position = mark === seal(body, list) ? read(body) : undefined;
  if (!position) throw invalid("cursor", "Not a cursor of this list with these filters: begin again without it");
  return position;
}

const Body = z.tuple([z.union([z.string(), z.number()]), z.string(), z.int().min(0)]);

/** The seal is no secret, so what it seals is as hostile as any input. */
function read(body: string): Position | undefined {
  try {
    const [key, id, start] = Body.parse(JSON.parse(decode(body)));
    return findHostile([key, id]) ? undefined : { key, id, start };
  } catch {
    return undefined;
  }
}
