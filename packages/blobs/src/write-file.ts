import { type FileHandle, open } from "node:fs/promises";
import { chunksOf } from "./pieces.ts";

/** Bytes that are written at once: with half as many, a large file takes up to twice as long. While they are, as many may come. */
const together = 512 * 1024;
/** Nor are more pieces than this held, however small they come. */
const mostPieces = 1024;

/** Bytes after which the disk is told to begin with them, so that not all of them are left for the end. */
const untold = 16 * 1024 * 1024;

/** Writes a new file, or one anew; resolves when it is on the disk. */
export async function writeFile(path: string, body: ReadableStream<Uint8Array>): Promise<void> {
  const file = await open(path, "w");
  try {
    await writeAll(file, body);
    await file.sync();
  } finally {
    // It waits for what is still being done with the file.
    await file.close();
  }
}

async function writeAll(file: FileHandle, body: ReadableStream<Uint8Array>): Promise<void> {
  const flush = flushing(file);
  let writing: Promise<void> | undefined;
  let pieces: Uint8Array[] = [];
  let size = 0;
  const write = async () => {
    await writing;
    flush.ifMany(size);
    writing = writePieces(file, pieces);
    // Whoever writes next gets it.
    writing.catch(() => undefined);
    pieces = [];
    size = 0;
  };
  for await (const chunk of chunksOf(body)) {
    pieces.push(chunk);
    size += chunk.length;
    if (size >= together || pieces.length >= mostPieces) await write();
  }
  await write();
  await writing;
  await flush.over();
}

/** Of what has failed once, a disk says nothing the next time: so each failure is kept until it is told. */
function flushing(file: FileHandle) {
  let bytes = 0;
  let under: Promise<void> | undefined;
  return {
    ifMany(more: number): void {
      bytes += more;
      if (bytes < untold || under) return;
      bytes = 0;
      under = file.datasync().then(() => {
        under = undefined;
      });
      under.catch(() => undefined);
    },
    over: async () => under,
  };
}

/** What takes pieces one after the other, and says how many of their bytes it has taken. */
interface Writable {
  writev(pieces: readonly Uint8Array[]): Promise<{ readonly bytesWritten: number }>;
}

/** A disk may take less than it is given. */
export async function writePieces(file: Writable, pieces: readonly Uint8Array[]): Promise<void> {
  for (let left = pieces; left.length > 0; ) {
    const { bytesWritten } = await file.writev(left);
    left = without(left, bytesWritten);
  }
}

function without(pieces: readonly Uint8Array[], bytes: number): readonly Uint8Array[] {
  let gone = bytes;
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(gone);
    gone = Math.max(0, gone - piece.length);
    return rest.length > 0 ? [rest] : [];
  });
}
