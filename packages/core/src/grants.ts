/** What a user may do in the whole tenant, as bits: how the gate reads them. */
export const grantBits = {
  "assistants:create": 1,
  "datasets:create": 2,
  "tokens:create": 4,
  "teams:create": 8,
  "ai:manage": 16,
  "tenant:superuser": 32,
} as const;

export type Grant = keyof typeof grantBits;
export const grants = Object.keys(grantBits) as [Grant, ...Grant[]];

export const roles = ["member", "creator", "admin"] as const;
export type Role = (typeof roles)[number];

export const bitsOf = (held: readonly Grant[]): number => held.reduce((bits, grant) => bits | grantBits[grant], 0);

/** The grants in a set of bits, in the order of the table. */
export const grantsIn = (bits: number): Grant[] => grants.filter((grant) => bits & grantBits[grant]);

/** What a request does, and so what a token must be good for. */
export const scopeBits = { read: 1, chat: 2, write: 4 } as const;
export type Scope = keyof typeof scopeBits;
export const scopes = Object.keys(scopeBits) as [Scope, ...Scope[]];

/** Roles in a team, highest first. */
export const teamRoles = ["admin", "publisher", "designer", "dataWizard", "memberPlus", "member"] as const;
export type TeamRole = (typeof teamRoles)[number];
