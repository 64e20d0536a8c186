import { joinedBytes } from "./bytes.ts";

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** By the channels of a pixel: grey, red-green-blue, and that with opacity. */
const colourTypes = { 1: 0, 3: 2, 4: 6 } as const;

/** Pixels of 8 bits a channel, row by row. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly channels: keyof typeof colourTypes;
}

/** A PNG of these pixels. */
export async function encodedPng({ data, width, height, channels }: Pixels): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourTypes[channels]], 8);
  const packed = await deflated(filtered(data, width * channels, height, channels));
  return joinedBytes([signature, chunk("IHDR", header), chunk("IDAT", packed), chunk("IEND", new Uint8Array())]);
}

/** Each row as the difference of its bytes to the pixel before, which packs better than the bytes. */
function filtered(data: Pixels["data"], stride: number, height: number, channels: number): Uint8Array<ArrayBuffer> {
  const rows = new Uint8Array((stride + 1) * height);
  for (let row = 0; row < height; row++) {
    const from = row * stride;
    let to = row * (stride + 1);
    rows[to++] = 1;
    for (let at = 0; at < stride; at++) {
      const before = at < channels ? 0 : (data[from + at - channels] ?? 0);
      rows[to++] = (data[from + at] ?? 0) - before;
    }
  }
  return rows;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, checksum(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32. */
function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (table[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
