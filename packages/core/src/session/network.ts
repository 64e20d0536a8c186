const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const dotted = new RegExp(`^${octet}(?:\\.${octet}){3}$`);
/** Only what an address of IPv6 can hold, so that nothing else is taken for a part of a URL. */
const colons = /^[\da-f.]*:[\da-f:.]+$/i;

/** What stands before an address of IPv4 among those of IPv6: `::ffff:a.b.c.d`. */
const mapped = "ffff".padStart(24, "0");
const hex = (number: number | bigint, digits: number) => number.toString(16).padStart(digits, "0");

const hostOf = (address: string) => `http://[${address}]`;

/**
 * An address as 16 bytes in 32 hexadecimal digits, of which the order is that of the addresses; one of IPv4 as its
 * `::ffff:a.b.c.d`. Null for any other text: a name, a zone, a number with leading zeros.
 */
export function addressDigits(text: string): string | null {
  if (dotted.test(text))
    return (
      mapped +
      text
        .split(".")
        .map((part) => hex(Number(part), 2))
        .join("")
    );
  if (!colons.test(text) || !URL.canParse(hostOf(text))) return null;
  const [front = "", back] = new URL(hostOf(text)).hostname.slice(1, -1).split("::");
  const [before, after] = [front, back ?? ""].map((half) => (half === "" ? [] : half.split(":")));
  const left = before?.map(digitsOf).join("") ?? "";
  const right = after?.map(digitsOf).join("") ?? "";
  return left.padEnd(32 - right.length, "0") + right;
}

const digitsOf = (group: string) => group.padStart(4, "0");
const groupsOf = (digits: string) => digits.match(/.{4}/g) ?? [];

/** The one way in which an address is written: as it is usual for IPv4, and for IPv6 as RFC 5952 says. */
function addressText(digits: string): string {
  if (!digits.startsWith(mapped)) return new URL(hostOf(groupsOf(digits).join(":"))).hostname.slice(1, -1);
  return [24, 26, 28, 30].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)).join(".");
}

/** Addresses from `first` to `last`, see {@link addressDigits}, and how they are written. */
export interface AddressRange {
  readonly text: string;
  readonly first: string;
  readonly last: string;
}

/** A single address; null for any other text. */
export function hostRange(text: string): AddressRange | null {
  const digits = addressDigits(text);
  return digits === null ? null : { text: addressText(digits), first: digits, last: digits };
}

/** All addresses that begin with the same bits, `10.0.0.0/8` or `2001:db8::/32`; null for any other text. */
export function networkRange(text: string): AddressRange | null {
  const [, address = "", length = ""] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const digits = addressDigits(address);
  if (digits === null) return null;
  const shift = (address.includes(":") ? 128 : 32) - Number(length);
  if (shift < 0) return null;
  const free = (1n << BigInt(shift)) - 1n;
  const last = BigInt(`0x${digits}`) | free;
  const first = hex(last ^ free, 32);
  const written = addressText(first);
  const bits = (written.includes(":") ? 128 : 32) - shift;
  return { text: `${written}/${bits}`, first, last: hex(last, 32) };
}

const withoutZone = (address: string) => address.replace(/%.*$/s, "");

/** The address from which a request comes, as {@link addressDigits}; null where the platform tells none. */
export const clientDigits = (address: string | null): string | null =>
  address === null ? null : addressDigits(withoutZone(address));

/**
 * What attempts are counted by: an address of IPv4, or the /64 of one of IPv6, of which anybody has as many as there are
 * grains of sand (RFC 6177). Another text stands for itself.
 */
export function networkOf(address: string): string {
  const digits = clientDigits(address);
  if (!digits) return address;
  if (digits.startsWith(mapped)) return addressText(digits);
  const groups = groupsOf(digits).slice(0, 4);
  return `${groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
