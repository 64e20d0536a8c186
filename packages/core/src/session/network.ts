/**
 * What attempts are counted by: an address of IPv4, or the /64 of one of IPv6, of which anybody has as many as there are
 * grains of sand (RFC 6177). Another text stands for itself.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  const [plain = ""] = address.toLowerCase().split("%");
  if (!/^[0-9a-f:.]+$/.test(plain) || !plain.includes(":")) return address;
  const [front = "", back] = plain.split("::");
  const before = front === "" ? [] : front.split(":");
  const after = back === undefined || back === "" ? [] : back.split(":");
  const filled =
    back === undefined
      ? before
      : [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill("0"), ...after];
  return `${filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
