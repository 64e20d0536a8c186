import { deflateSync } from "node:zlib";
import type { ImageModel, ImageOrder } from "@steward/core";
import type { Made, Person } from "./arrange.ts";
import { bytesOf } from "./bytes.ts";
import type { World } from "./world.ts";

/** A PNG of one colour, written by hand: nothing of ours has had a part in it. */
export function pngOf(width: number, height: number, color: readonly [number, number, number] = [200, 30, 30]) {
  const line = Buffer.from([0, ...Array.from({ length: width }, () => color).flat()]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  const file = [Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header), chunk("IDAT", data), chunk("IEND")];
  return new Uint8Array(Buffer.concat(file));
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(named, 4);
  whole.writeUInt32BE(checksum(named), named.length + 4);
  return whole;
}

function checksum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** Width and height that a PNG says of itself. */
export function sizeOfPng(bytes: Uint8Array): readonly [number, number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

/** A picture as somebody sends it, under a name and a type that say nothing of it. */
export const picture = (content: string | Uint8Array<ArrayBuffer>) =>
  bytesOf(content, { type: "application/x-nonsense", name: "picture" });

export const circle = '<svg viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="green"/></svg>';

export interface Pictured {
  readonly ada: Person;
  readonly ben: Person;
  readonly cleo: Person;
  readonly sales: Made;
  /** What the model has been told to draw. */
  readonly orders: ImageOrder[];
}

/** Ada owns Sales; Ben may write it and Cleo read it. A model draws red squares in the size that it is told. */
export async function pictured(world: World): Promise<Pictured> {
  const [ada, ben, cleo] = [
    await world.user({ name: "ada" }),
    await world.user({ name: "ben" }),
    await world.user({ name: "cleo" }),
  ];
  const sales = await world.assistant({ owner: ada, name: "Sales" });
  await world.share(sales, ben, 2);
  await world.share(sales, cleo, 1);
  const orders: ImageOrder[] = [];
  drawWith(world, async (order) => {
    orders.push(order);
    return { bytes: pngOf(order.width, order.height), model: order.model ?? "painter" };
  });
  return { ada, ben, cleo, sales, orders };
}

/** The world outside: what draws. Null for none. */
export function drawWith({ services }: World, draw: ImageModel["draw"] | null): void {
  Object.assign(services, { imageModel: draw && { draw } });
}
