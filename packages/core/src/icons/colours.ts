/** Red, green and blue, from 0 to 255. */
export type Colour = readonly [number, number, number];

/** How bright a colour is seen, by WCAG 2.2. */
function luminance(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, by WCAG 2.2: from 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [lower = 0, higher = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (higher + 0.05) / (lower + 0.05);
}

/** `hue` in degrees, `saturation` and `lightness` from 0 to 1. */
function colourOf(hue: number, saturation: number, lightness: number): Colour {
  const part = (offset: number) => {
    const at = (offset + hue / 30) % 12;
    const share =
      lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(at - 3, 9 - at, 1));
    return Math.round(share * 255);
  };
  return [part(0), part(8), part(4)];
}

const hex = (colour: Colour) => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

/** What letters must have to be read by most people. */
const least = 4.5;
const white: Colour = [255, 255, 255];
const black: Colour = [16, 18, 24];

/** What a theme draws an icon with. */
export interface Theme {
  readonly ground: string;
  readonly letters: string;
}

const step = 0.01;

/** The nearest shade to begin with on which the letters can be read. */
function groundFor(letters: Colour, hue: number, saturation: number, begin: number, direction: 1 | -1): Colour {
  for (let lightness = begin; lightness > 0 && lightness < 1; lightness += direction * step) {
    const ground = colourOf(hue, saturation, lightness);
    if (contrast(ground, letters) >= least) return ground;
  }
  return direction > 0 ? white : black;
}

/** A dark ground with light letters where pages are light, and the other way round: it stands out from the page as well. */
export const themesOf = (hue: number): { readonly light: Theme; readonly dark: Theme } => ({
  light: { ground: hex(groundFor(white, hue, 0.6, 0.5, -1)), letters: hex(white) },
  dark: { ground: hex(groundFor(black, hue, 0.7, 0.6, 1)), letters: hex(black) },
});
