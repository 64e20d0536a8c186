const quote = '"';
const carriageReturn = "\r";

/**
 * Line ends of all kinds as `\n`, but those in quotation marks stay what they are. The text begins with a row, and may end
 * anywhere but within a line end. Every character of `delimiters` begins a cell.
 */
export function withPlainLineEnds(text: string, delimiters: string): string {
  let returnAt = text.indexOf(carriageReturn);
  let plain = "";
  let from = 0;
  let at = text.indexOf(quote);
  while (at !== -1 && returnAt !== -1) {
    const end = opensCell(text, at, delimiters) ? behindQuotes(text, at) : at + 1;
    if (returnAt < at) returnAt = text.indexOf(carriageReturn, at);
    if (returnAt !== -1 && returnAt < end) {
      plain += unified(text.slice(from, at)) + text.slice(at, end);
      from = end;
    }
    at = text.indexOf(quote, end);
  }
  return plain + unified(from === 0 ? text : text.slice(from));
}

const unified = (text: string) => text.replaceAll("\r\n", "\n").replaceAll(carriageReturn, "\n");

/** Only at the beginning of a cell does a quotation mark mean one. */
function opensCell(text: string, at: number, delimiters: string): boolean {
  const before = text.charAt(at - 1);
  return at === 0 || delimiters.includes(before) || before === "\n" || before === "\r";
}

function behindQuotes(text: string, from: number): number {
  for (let at = text.indexOf(quote, from + 1); at !== -1; at = text.indexOf(quote, at + 2)) {
    if (text.charAt(at + 1) !== quote) return at + 1;
  }
  return text.length;
}
