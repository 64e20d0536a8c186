import { BlockList, isIP } from "node:net";

/** The client's address, from the socket's and from what proxies have put into X-Forwarded-For, the nearest one last. */
export type ClientAddress = (peer: string | null, forwarded: string | null) => string | null;

/** Without a trusted proxy, X-Forwarded-For is whatever the client says, and not looked at. */
export const fromSocket: ClientAddress = (peer) => peer && plainAddress(peer);

/**
 * What STEWARD_TRUSTED_PROXY says. A number: so many proxies, each of which appends the address it was called from, so
 * the client's is that many from the end. A list of addresses and networks: the last address that is none of them.
 * Undefined when it is neither.
 */
export function trustedProxy(text: string): ClientAddress | undefined {
  if (/^[1-9]\d?$/.test(text)) return behindProxies(Number(text));
  const proxies = parseNetworks(text);
  return proxies && behindNetworks(proxies);
}

function behindProxies(count: number): ClientAddress {
  return (peer, forwarded) => {
    const address = chainOf(peer, forwarded).at(-1 - count);
    return address !== undefined && isIP(address) ? address : fromSocket(peer, null);
  };
}

function behindNetworks(proxies: BlockList): ClientAddress {
  return (peer, forwarded) => {
    let client: string | null = null;
    for (const address of chainOf(peer, forwarded).reverse()) {
      // What stands before something unreadable cannot be trusted either.
      if (!isIP(address)) return client;
      client = address;
      if (!proxies.check(address, familyOf(address))) return client;
    }
    return client;
  };
}

/** From the client, as far as it is told, to whoever holds the socket. */
function chainOf(peer: string | null, forwarded: string | null): string[] {
  const told = forwarded ? forwarded.split(",") : [];
  return [...told, ...(peer ? [peer] : [])].map((address) => plainAddress(address.trim()));
}

/** An IPv4 address that came in over an IPv6 socket is the same address; some proxies write ports and brackets. */
function plainAddress(address: string): string {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address;
  return /^::ffff:([\d.]+)$/i.exec(bare)?.[1] ?? bare;
}

const familyOf = (address: string) => (isIP(address) === 6 ? "ipv6" : "ipv4");

function parseNetworks(text: string): BlockList | undefined {
  const networks = new BlockList();
  for (const entry of text.split(",")) {
    const [, address = "", bits] = /^\s*([^/\s]+)(?:\/(\d{1,3}))?\s*$/.exec(entry) ?? [];
    if (!isIP(address)) return undefined;
    const longest = isIP(address) === 6 ? 128 : 32;
    const prefix = bits === undefined ? longest : Number(bits);
    if (prefix > longest) return undefined;
    networks.addSubnet(address, prefix, familyOf(address));
  }
  return networks;
}
