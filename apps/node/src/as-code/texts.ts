/**
 * Whether a text survives in a file of its own. Reading one takes CRLF for LF and drops a byte order mark, since editors
 * and git make them; what has such characters itself must stand elsewhere.
 */
export const survivesInFile = (text: string): boolean => !text.includes("\r") && !text.startsWith("\uFEFF");

/** A text as a file: a line break is put behind it, whatever it ends in. */
export const toFile = (text: string): string => `${text}\n`;

/** The text of a file, without the one line break that {@link toFile} has put there. */
export const fromFile = (content: string): string =>
  content
    .replace(/^\uFEFF/, "")
    .replaceAll("\r\n", "\n")
    .replace(/\n$/, "");
