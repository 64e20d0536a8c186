const quote = '"';

/**
 * Line ends of all kinds as `\n`, but those in quotation marks stay what they are. The text begins with a row, and may end
 * anywhere but within a line end. Every character of `delimiters` begins a cell.
 */
export function withPlainLineEnds(text: string, delimiters: string): string {
  let plain = "";
  let from = 0;
  let at = 0;
  let quoteAt = text.indexOf(quote);
  for (let end = text.indexOf("\r"); end !== -1; end = text.indexOf("\r", at)) {
    if (quoteAt !== -1 && quoteAt < at) quoteAt = text.indexOf(quote, at);
    if (quoteAt !== -1 && quoteAt < end) {
      at = opensCell(text, quoteAt, delimiters) ? behindQuotes(text, quoteAt) : quoteAt + 1;
      continue;
    }
    plain += `${text.slice(from, end)}\n`;
    at = text.startsWith("\n", end + 1) ? end + 2 : end + 1;
    from = at;
  }
  return from === 0 ? text : plain + text.slice(from);
}

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
