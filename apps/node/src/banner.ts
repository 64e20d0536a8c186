import type { Seeded } from "./seed.ts";

const steward = "npx -y pnpm@12.21.0 steward";

/** Who can sign in after the first start. Goes to whoever started it, never into a log. */
export function seededLines({ username, password, demo }: Seeded): string[] {
  const secret = password === null ? "the password in STEWARD_ADMIN_PASSWORD" : `${password}   (shown only this once)`;
  const lines = [`  Sign in      ${username} / ${secret}`];
  if (demo) lines.push(`  Demo people  ${demo.usernames.join(", ")} / ${demo.password}   (shown only this once)`);
  return lines;
}

/** What a start says when it is ready. */
export function banner(address: string, seeded: Seeded | null): string {
  const token = seeded?.demo?.token;
  const curl =
    token === undefined
      ? `curl -s ${address}/api`
      : `curl -s -H "Authorization: Bearer ${token}" "${address}/api/assistants?limit=3"`;
  const lines = [
    `Steward is ready at ${address}`,
    "",
    ...(seeded ? seededLines(seeded) : []),
    `  Try          ${curl}`,
    `  Read         ${address}/docs`,
    ...(seeded ? [] : [`  Password     ${steward} admin reset-password`]),
    `  Token        ${steward} token create --username ${seeded?.username ?? "<name>"}`,
  ];
  return `\n${lines.join("\n")}\n\n`;
}
