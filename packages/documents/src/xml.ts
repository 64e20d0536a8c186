import type { DocumentFormat } from "@steward/core";
import { isDocumentError } from "@steward/core/document-error";
import { SaxesParser } from "saxes";
import type { DocumentLimits } from "./limits.ts";
import { failed, isDamaged, isTooDeep, nameOf } from "./refusals.ts";

/** What is done at each step through an XML. Names are without the prefix of their namespace. */
export interface XmlVisitor {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** So many bytes are parsed between two `yield`s. */
const step = 65_536;

/**
 * Goes through an XML of an office document, and rests now and then, so that what was collected can be handed out. Fails with a
 * `DocumentError` for a document type (which is where entities come from), for what is too deep, and for what is no XML.
 */
export function* visited(
  format: DocumentFormat,
  bytes: Uint8Array,
  { depth: deepest }: DocumentLimits,
  visitor: XmlVisitor,
): Generator<void, void> {
  const parser = new SaxesParser<{ xmlns: false }>({ xmlns: false });
  let depth = 0;
  parser.on("doctype", () => {
    throw failed(`The ${nameOf(format)} declares a document type, which none needs: it is not read`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (++depth > deepest) throw isTooDeep(format);
    visitor.open?.(localName(name), attributes);
  });
  parser.on("text", (text) => visitor.text?.(text));
  parser.on("cdata", (text) => visitor.text?.(text));
  parser.on("closetag", ({ name }) => {
    depth--;
    visitor.close?.(localName(name));
  });
  const decoder = new TextDecoder(encodingOf(bytes));
  try {
    for (let from = 0; from < bytes.length; from += step) {
      parser.write(decoder.decode(bytes.subarray(from, from + step), { stream: true }));
      yield;
    }
    parser.write(decoder.decode()).close();
  } catch (error) {
    throw isDocumentError(error) ? error : isDamaged(format, error);
  }
  yield;
}

/** Goes through a whole XML at once. */
export function visit(...visiting: Parameters<typeof visited>): void {
  const steps = visited(...visiting);
  while (!steps.next().done);
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

/** An attribute by its name without the prefix of its namespace. */
export function attributeOf(attributes: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(attributes).find((one) => localName(one) === name);
  return key === undefined ? undefined : attributes[key];
}
