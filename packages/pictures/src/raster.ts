/** Pixels by photon, in the memory of one instance of it. */
export interface Raster {
  /** Throws for what it cannot decode. Answers with a name for the picture, for the other calls. */
  decode(encoded: Uint8Array): number;
  /** `pixels`: four bytes for each, red, green, blue and how opaque. */
  from(pixels: Uint8Array, width: number, height: number): number;
  sizeOf(picture: number): { readonly width: number; readonly height: number };
  /** A new picture. */
  resize(picture: number, width: number, height: number): number;
  pixelsOf(picture: number): Uint8Array<ArrayBuffer>;
  png(picture: number): Uint8Array<ArrayBuffer>;
}

/** Photon's name for averaging: sharp enough for icons, and three times as fast as its best. */
const triangle = 2;

/**
 * A new instance of photon, compiled once. Its own wrapper has a single one for good, which each picture that cannot be decoded
 * leaves with less stack (after some thousands it decodes nothing any more), and whose memory never shrinks.
 */
export async function openRaster(): Promise<Raster> {
  const { photonWasmModule } = await import("@cf-wasm/photon");
  const { exports } = await instantiate(photonWasmModule);
  const { memory } = exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new TypeError("photon has no memory");
  const call = (name: string, ...values: readonly number[]): unknown => {
    const run = exports[name];
    if (typeof run !== "function") throw new TypeError(`photon has no ${name}`);
    return run(...values);
  };
  const number = (name: string, ...values: readonly number[]) => Number(call(name, ...values)) >>> 0;

  const give = (bytes: Uint8Array): [number, number] => {
    const at = number("__wbindgen_malloc", bytes.length, 1);
    new Uint8Array(memory.buffer).set(bytes, at);
    return [at, bytes.length];
  };
  const take = (name: string, picture: number): Uint8Array<ArrayBuffer> => {
    const place = call(name, picture);
    if (!Array.isArray(place)) throw new TypeError(`photon answers ${name} otherwise`);
    const [at, length] = [Number(place[0]) >>> 0, Number(place[1]) >>> 0];
    const bytes = new Uint8Array(memory.buffer).slice(at, at + length);
    call("__wbindgen_free", at, length, 1);
    return bytes;
  };

  return {
    decode: (encoded) => number("photonimage_new_from_byteslice", ...give(encoded)),
    from: (pixels, width, height) => number("photonimage_new", ...give(pixels), width, height),
    sizeOf: (picture) => ({
      width: number("photonimage_get_width", picture),
      height: number("photonimage_get_height", picture),
    }),
    resize: (picture, width, height) => number("resize", picture, width, height, triangle),
    pixelsOf: (picture) => take("photonimage_get_raw_pixels", picture),
    png: (picture) => take("photonimage_get_bytes", picture),
  };
}

/** What photon asks of a browser is never reached by what is called here: it gets functions that do nothing. */
async function instantiate(module: WebAssembly.Module): Promise<WebAssembly.Instance> {
  const imports: Record<string, Record<string, () => void>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => undefined;
  }
  return WebAssembly.instantiate(module, imports);
}
