import { PhotonImage } from "@cf-wasm/photon";
import { expect, test } from "vitest";
import { openPictures } from "./index.ts";

const pictures = openPictures();
const side = 40;
const pixels = Uint8Array.from({ length: side * side * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 7) % 256));
const image = new PhotonImage(pixels, side, side);
const gif = Uint8Array.from(atob("R0lGODlhAQABAPAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="), (byte) =>
  byte.charCodeAt(0),
);
const kinds: readonly (readonly [string, Uint8Array])[] = [
  ["PNG", image.get_bytes()],
  ["JPEG", image.get_bytes_jpeg(90)],
  ["WebP", image.get_bytes_webp()],
];

test.each([...kinds, ["GIF", gif] as const])("a %s becomes a PNG of its own", async (_, bytes) => {
  const { bytes: made, contentType, width, height } = await pictures.reencode(bytes, 16);
  const [most] = [Math.min(16, bytes === gif ? 1 : side)];
  expect([contentType, width, height]).toEqual(["image/png", most, most]);
  expect(Array.from(made.subarray(1, 4), (byte) => String.fromCharCode(byte)).join("")).toBe("PNG");
});

test.each(kinds)("a damaged %s is refused, as often as it comes, and the next is not", async (_, bytes) => {
  for (let attempt = 0; attempt < 20; attempt++) {
    await expect(pictures.reencode(bytes.slice(0, 60 + attempt), 16)).rejects.toMatchObject({
      code: "validation_failed",
      details: [{ path: "content", message: expect.stringContaining("damaged") }],
    });
  }
  expect((await pictures.reencode(bytes, 16)).width).toBe(16);
});

test("what says that it is larger than may be is not decoded", async () => {
  const [, png = new Uint8Array()] = kinds[0] ?? [];
  const claiming = png.slice();
  new DataView(claiming.buffer).setUint32(16, 4097);
  await expect(pictures.reencode(claiming, 16)).rejects.toMatchObject({
    details: [{ message: expect.stringContaining("4097 x 40") }],
  });
  await expect(openPictures({ mostSide: 39 }).reencode(png, 16)).rejects.toMatchObject({
    details: [{ message: expect.stringContaining("at most 39") }],
  });
});

test("what cannot be seen does not colour what can, where they are averaged", async () => {
  const half = Uint8Array.from({ length: 32 * 32 * 4 }, (_, at) => {
    const isLeft = Math.floor(at / 4) % 32 < 16;
    return isLeft ? (at % 4 === 3 || at % 4 === 0 ? 255 : 0) : 0;
  });
  const { bytes } = await pictures.reencode(new PhotonImage(half, 32, 32).get_bytes(), 3);
  const made = PhotonImage.new_from_byteslice(bytes).get_raw_pixels();
  for (let at = 0; at < made.length; at += 4) if ((made[at + 3] ?? 0) > 0) expect(made[at]).toBeGreaterThan(250);
});
