import { createStewardClient, type StewardClient } from "@steward/client";

/** What a command needs to speak with a server. */
export interface Connection {
  /** Without a slash at its end. */
  readonly url: string;
  readonly token: string;
  /** How long one answer may take, in seconds. */
  readonly timeout: number;
}

/** What was given does not tell which server, or as whom. The message never holds the token. */
export class WrongConnection extends Error {
  override readonly name = "WrongConnection";
}

const parseAddress = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash;
  return plain ? url.href.replace(/\/+$/, "") : undefined;
};

/** `variables` is the environment. Throws a {@link WrongConnection}. */
export function readConnection(
  given: { readonly url?: string | undefined; readonly timeout?: string | undefined },
  variables: Readonly<Record<string, string | undefined>>,
): Connection {
  const [address, source] = given.url === undefined ? [variables.STEWARD_URL, "STEWARD_URL"] : [given.url, "--url"];
  if (!address) throw new WrongConnection("Say which server: --url https://steward.example, or STEWARD_URL");
  const url = parseAddress(address.trim());
  if (!url) throw new WrongConnection(`${source} must be a web address such as https://steward.example`);
  const token = variables.STEWARD_TOKEN?.trim();
  if (!token) throw new WrongConnection("Put an API token of the server into the variable STEWARD_TOKEN");
  if (!/^[\x21-\x7e]+$/.test(token)) throw new WrongConnection("STEWARD_TOKEN holds what no token has");
  const timeout = Number(given.timeout ?? "60");
  if (!(timeout > 0 && timeout <= 3600))
    throw new WrongConnection("--timeout must be seconds, more than 0 and at most 3600");
  return { url, token, timeout };
}

/** An answer that is none of Steward's: a page of a proxy, or another program's. */
export class ForeignAnswer extends Error {
  override readonly name = "ForeignAnswer";
  readonly response: Response;

  constructor(response: Response) {
    super(`It answers ${response.status}`);
    this.response = response;
  }
}

/**
 * A redirect is not followed: it would turn a change into a read, and what it leads to has not been named by whoever
 * trusts it with the token.
 */
export function openClient({ url, token, timeout }: Connection): StewardClient {
  return createStewardClient({
    url,
    token,
    fetch: async (input, init) => {
      const late = AbortSignal.timeout(timeout * 1000);
      const signal = init?.signal ? AbortSignal.any([init.signal, late]) : late;
      const response = await fetch(input, { ...init, signal, redirect: "manual" });
      if (/json/.test(response.headers.get("content-type") ?? "")) return response;
      await response.body?.cancel();
      throw new ForeignAnswer(response);
    },
  });
}
