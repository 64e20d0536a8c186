import { encodedPng } from "../png.ts";

/** A PNG of that size, in all colours. */
export const pngOf = (width: number, height: number): Promise<Uint8Array<ArrayBuffer>> =>
  encodedPng({
    data: Uint8Array.from({ length: width * height * 3 }, (_, at) => (at * 7) % 251),
    width,
    height,
    channels: 3,
  });

/** A PNG of which the header says that it is of another size. */
export async function lyingPng(width: number, height: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await pngOf(32, 32);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** The JPEG of one grey dot that is said to be of 32 by 32, with a comment, and something behind its end. */
export const talkingJpeg = (): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    Buffer.concat([
      Buffer.from("ffd8", "hex"),
      Buffer.from("fffe000d", "hex"),
      Buffer.from("secret text", "latin1"),
      Buffer.from(`ffdb0043 00${"10".repeat(64)}`.replaceAll(" ", ""), "hex"),
      Buffer.from("ffc0000b080020002001011100", "hex"),
      Buffer.from("ffc40014000100000000000000000000000000000009", "hex"),
      Buffer.from("ffc4001410010000000000000000000000000000000000", "hex").subarray(0, 22),
      Buffer.from("ffda0008010100003f00", "hex"),
      Buffer.from("37ffd9", "hex"),
      Buffer.from("<script>behind</script>", "latin1"),
    ]),
  );
