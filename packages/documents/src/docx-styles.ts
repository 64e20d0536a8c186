import type { DocumentLimits } from "./limits.ts";
import { attributeOf, visit } from "./xml.ts";

interface Style {
  level: number | undefined;
  basedOn: string | undefined;
}

/** No style inherits over more steps. */
const longestDescent = 20;

/** The levels of the styles that make a paragraph a heading, by their ids: 0 for a title. */
export function headingStyles(bytes: Uint8Array | undefined, limits: DocumentLimits): ReadonlyMap<string, number> {
  const styles = new Map<string, Style>();
  if (!bytes) return new Map();
  let style: Style = { level: undefined, basedOn: undefined };
  visit("docx", bytes, limits, {
    open(name, attributes) {
      const value = attributeOf(attributes, "val") ?? "";
      if (name === "style") {
        style = { level: undefined, basedOn: undefined };
        styles.set(attributeOf(attributes, "styleId") ?? "", style);
      } else if (name === "name") style.level = levelOfName(value) ?? style.level;
      else if (name === "outlineLvl") style.level ??= outlineLevel(value);
      else if (name === "basedOn") style.basedOn = value;
    },
  });
  const levels = new Map<string, number>();
  for (const id of styles.keys()) {
    const level = inheritedLevel(styles, id);
    if (level !== undefined) levels.set(id, level);
  }
  return levels;
}

/** The names that Word writes in every language. */
function levelOfName(name: string): number | undefined {
  if (/^title$/i.test(name)) return 0;
  const digit = /^heading ([1-9])$/i.exec(name)?.[1];
  return digit === undefined ? undefined : Number(digit);
}

/** Written from 0 on; 9 is that of plain text. */
export const outlineLevel = (value: string): number | undefined =>
  /^[0-8]$/.test(value) ? Number(value) + 1 : undefined;

function inheritedLevel(styles: ReadonlyMap<string, Style>, id: string): number | undefined {
  let style = styles.get(id);
  for (let step = 0; style && step < longestDescent; step++) {
    if (style.level !== undefined) return style.level;
    style = style.basedOn === undefined ? undefined : styles.get(style.basedOn);
  }
  return undefined;
}
