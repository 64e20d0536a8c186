/** Pixels in rows, four bytes for each: red, green, blue and how opaque. */
export interface Pixels {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * The average of each square of `side` pixels, with colours multiplied by how opaque they are: where two are averaged, what cannot
 * be seen must not count. What is left over at the edges is dropped.
 */
export function averaged({ bytes, width, height }: Pixels, side: number): Pixels {
  const [wide, high] = [Math.floor(width / side), Math.floor(height / side)];
  const made = new Uint8Array(wide * high * 4);
  const sums = new Uint32Array(wide * 4);
  for (let row = 0; row < high; row++) {
    sums.fill(0);
    for (let line = row * side; line < (row + 1) * side; line++) {
      addLine(sums, bytes.subarray(line * width * 4, (line + 1) * width * 4), wide * side, side);
    }
    const count = side * side;
    for (let at = 0; at < sums.length; at++) {
      const sum = sums[at] ?? 0;
      made[row * wide * 4 + at] = Math.round(sum / (at % 4 === 3 ? count : count * 255));
    }
  }
  return { bytes: made, width: wide, height: high };
}

function addLine(sums: Uint32Array, line: Uint8Array, width: number, side: number): void {
  let [sum, left] = [0, side];
  for (let at = 0; at < width * 4; at += 4) {
    const opaque = line[at + 3] ?? 0;
    sums[sum] = (sums[sum] ?? 0) + (line[at] ?? 0) * opaque;
    sums[sum + 1] = (sums[sum + 1] ?? 0) + (line[at + 1] ?? 0) * opaque;
    sums[sum + 2] = (sums[sum + 2] ?? 0) + (line[at + 2] ?? 0) * opaque;
    sums[sum + 3] = (sums[sum + 3] ?? 0) + opaque;
    if (--left === 0) [sum, left] = [sum + 4, side];
  }
}

/** Colours that are not multiplied by how opaque they are any more. */
export function divided(bytes: Uint8Array): Uint8Array {
  const made = new Uint8Array(bytes);
  for (let at = 0; at < made.length; at += 4) {
    const opaque = made[at + 3] ?? 0;
    for (let colour = at; colour < at + 3; colour++) {
      made[colour] = opaque === 0 ? 0 : Math.min(255, Math.round(((made[colour] ?? 0) * 255) / opaque));
    }
  }
  return made;
}

/** In the middle of a square with nothing around it. */
export function inSquare({ bytes, width, height }: Pixels, size: number): Uint8Array {
  const square = new Uint8Array(size * size * 4);
  const [left, top] = [(size - width) >> 1, (size - height) >> 1];
  for (let row = 0; row < height; row++) {
    square.set(bytes.subarray(row * width * 4, (row + 1) * width * 4), ((top + row) * size + left) * 4);
  }
  return square;
}
