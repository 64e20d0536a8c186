/** An event of `text/event-stream`. */
export interface Event {
  readonly event: string;
  readonly data: string;
}

/** The events of a whole body; what only keeps a connection alive is none. */
export function eventsOf(text: string): Event[] {
  return text.split("\n\n").flatMap((block) => {
    const lines = block.split("\n").filter((line) => line !== "" && !line.startsWith(":"));
    if (lines.length === 0) return [];
    const fields = new Map(lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]));
    const read = (name: string, otherwise: string) => fields.get(name)?.trimStart() ?? otherwise;
    return [{ event: read("event", "message"), data: read("data", "") }];
  });
}
