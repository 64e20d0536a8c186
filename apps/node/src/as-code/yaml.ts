import { constructFromEvents, dump, EVENT_ID, type Event, getScalarValue, parseEvents, YAMLException } from "js-yaml";

/** As deep as a server takes it. */
const deepest = 32;

/** Where the parts of a text stand. */
interface Node {
  readonly line: number;
  readonly inner: ReadonlyMap<string, Node>;
}

export interface Yaml {
  readonly value: unknown;
  /** The line, from 1 on, of what lies at a path in dots (`skills.0.type`), or of what it would lie in. */
  lineOf(path: string): number;
}

/** The text is no YAML that can be taken. */
export class NotYaml extends Error {
  override readonly name = "NotYaml";
  readonly line: number;

  constructor(reason: string, line: number) {
    super(`Not YAML: ${reason}`);
    this.line = line;
  }
}

/** Aliases are refused, as the server does: a few lines of them can stand for more than there is memory. */
export function parseYaml(source: string): Yaml {
  try {
    const events = parseEvents(source, { maxDepth: deepest });
    const documents = constructFromEvents(events, { source, maxAliases: 0 });
    if (documents.length !== 1) throw new NotYaml(`it holds ${documents.length} documents instead of one`, 1);
    const root = nodeOf(events, source);
    return { value: documents[0], lineOf: (path) => nearest(root, path.split(".")).line };
  } catch (error) {
    if (error instanceof YAMLException) throw new NotYaml(error.reason, (error.mark?.line ?? 0) + 1);
    throw error;
  }
}

const startOf = (event: Event): number => {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    default:
      return 0;
  }
};

/** The line of each place in a text, for places in ascending order. */
function lineCounter(source: string): (place: number) => number {
  let [line, at] = [1, 0];
  return (place) => {
    for (; at < place; at += 1) if (source[at] === "\n") line += 1;
    return line;
  };
}

function nodeOf(events: readonly Event[], source: string): Node {
  const lineAt = lineCounter(source);
  let next = 1; // Behind the event that opens the document.
  const read = (line?: number): Node => {
    const event = events[next++];
    const inner = new Map<string, Node>();
    if (!event || event.type === EVENT_ID.POP) return { line: 1, inner };
    const own = line ?? lineAt(startOf(event));
    if (event.type === EVENT_ID.MAPPING || event.type === EVENT_ID.SEQUENCE) {
      while (events[next]?.type !== EVENT_ID.POP) {
        if (event.type === EVENT_ID.SEQUENCE) inner.set(String(inner.size), read());
        else readPair(inner);
      }
      next += 1;
    }
    return { line: own, inner };
  };
  /** A value counts to the line of its key. */
  const readPair = (inner: Map<string, Node>) => {
    const key = events[next];
    const { line } = read();
    inner.set(key?.type === EVENT_ID.SCALAR ? getScalarValue(source, key) : "", read(line));
  };
  return read();
}

function nearest(node: Node, path: readonly string[]): Node {
  for (let length = 1; length <= path.length; length += 1) {
    const found = node.inner.get(path.slice(0, length).join("."));
    if (found) return nearest(found, path.slice(length));
  }
  return node;
}

/** Block style, keys in the order in which they are given; loading it gives the same again. */
export const toYaml = (value: object): string => dump(value, { lineWidth: 100, noRefs: true });
