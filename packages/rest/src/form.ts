import { type IncomingBytes, invalid, StewardError } from "@steward/core";
import { type MultipartError, make, type Parser, type PartInfo } from "multipasta";
import { brokenOff, type IncomingBody, inTime, streamOf } from "./incoming.ts";

/** A form with a file, as far as the first bytes of that. */
export interface Form {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: IncomingBytes;
}

/** The name of the part with the bytes, which is the last of its form. */
export const fileKey = "file";

const mostFields = 50;
const largestField = 64 * 1024;
/** What may stand before the file: as many fields, with what is around them. */
const mostBefore = 4 * 1024 * 1024;
const longestName = 255;

const decoder = new TextDecoder("utf-8", { fatal: true });
const dash = "-".charCodeAt(0);

/**
 * Reads `multipart/form-data` up to its file, whose bytes then come as they are asked for. Whoever lets it fail lets go of the
 * body.
 */
export async function readForm(body: IncomingBody, contentType: string): Promise<Form> {
  const reader = new FormReader(body, contentType);
  const file = await inTime(() => reader.untilFile());
  return { fields: reader.fields, file };
}

/** Holds a chunk of the body at a time, and never a file. */
class FormReader {
  readonly fields = new Map<string, string>();
  readonly #body: IncomingBody;
  readonly #parser: Parser;
  #chunks: Uint8Array[] = [];
  #file: PartInfo | undefined;
  #before = 0;
  #complete = false;
  #ended = false;
  #failure: StewardError | undefined;
  #heldBack: Uint8Array = new Uint8Array();

  constructor(body: IncomingBody, contentType: string) {
    this.#body = body;
    this.#parser = make({
      headers: { "content-type": contentType },
      maxParts: mostFields + 1,
      maxFieldSize: largestField,
      isFile: ({ name, filename }) => name === fileKey || filename !== undefined,
      onField: (info, value) => this.#onField(info, value),
      onFile: (info) => this.#onFile(info),
      onError: (error) => this.#fail(refusalOf(error)),
      onDone: () => {
        this.#ended = true;
      },
    });
  }

  async untilFile(): Promise<IncomingBytes> {
    while (!this.#file) {
      if (this.#failure) throw this.#failure;
      if (this.#ended) throw invalid(fileKey, "Send a part of this name with the bytes");
      if (this.#before > mostBefore) throw tooMuch();
      await this.#advance();
    }
    const { filename, contentType } = this.#file;
    return {
      stream: streamOf(this.#body, () => this.#next()),
      length: null,
      type: contentType.toLowerCase(),
      name: filename?.slice(0, longestName) ?? null,
    };
  }

  /** The file's bytes end only where the whole form does, so that nothing behind them goes unnoticed. */
  async #next(): Promise<Uint8Array | null> {
    for (;;) {
      if (this.#failure) throw this.#failure;
      const chunk = this.#chunks.shift();
      if (chunk) return chunk;
      if (this.#ended) return null;
      await this.#advance();
    }
  }

  async #advance(): Promise<void> {
    const chunk = await this.#body.read();
    if (chunk && !this.#file) this.#before += chunk.length;
    try {
      if (chunk) this.#parser.write(this.#withoutTail(chunk));
      else this.#end();
    } catch (error) {
      if (!(error instanceof URIError)) throw error;
      this.#fail(malformed());
    }
  }

  #end(): void {
    this.#parser.write(this.#heldBack);
    this.#parser.end();
    if (!this.#ended) this.#fail(brokenOff());
  }

  /** The parser knows the form's end (`--`) only when it sees both of its characters at once: dashes wait for what follows. */
  #withoutTail(chunk: Uint8Array): Uint8Array {
    const whole = this.#heldBack.length > 0 ? joined(this.#heldBack, chunk) : chunk;
    let kept = whole.length;
    while (whole.length - kept < 2 && whole[kept - 1] === dash) kept--;
    this.#heldBack = whole.slice(kept);
    return whole.subarray(0, kept);
  }

  #onField({ name }: PartInfo, value: Uint8Array): void {
    if (this.#complete) this.#fail(tooLate());
    else if (this.fields.has(name)) this.#fail(invalid(short(name), "Given more than once"));
    else {
      try {
        this.fields.set(name, decoder.decode(value));
      } catch {
        this.#fail(invalid(short(name), "Not encoded as UTF-8"));
      }
    }
  }

  #onFile(info: PartInfo): (chunk: Uint8Array | null) => void {
    if (this.#complete) this.#fail(tooLate());
    else if (info.name !== fileKey) this.#fail(invalid(short(info.name), `A file is sent as the part \`${fileKey}\``));
    else this.#file = info;
    return (chunk) => {
      if (chunk === null) this.#complete = true;
      else if (!this.#failure) this.#chunks.push(chunk);
    };
  }

  #fail(failure: StewardError): void {
    this.#failure ??= failure;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}

const short = (name: string) => name.slice(0, longestName);
const tooMuch = () =>
  new StewardError("too_large", {
    message: `Before its file, a form holds at most ${mostFields} fields of at most ${largestField / 1024} KiB each`,
  });
const tooLate = () => invalid(fileKey, "Nothing may follow this part: send what belongs to it before");
const malformed = () => invalid("", "The body is no multipart/form-data");

function refusalOf(error: MultipartError): StewardError {
  if (error._tag === "InvalidBoundary") return invalid("", "The Content-Type of the form names no boundary");
  if (error._tag === "EndNotReached") return brokenOff();
  return error._tag === "ReachedLimit" ? tooMuch() : malformed();
}
