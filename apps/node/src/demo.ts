import type { Http, Operation, Operations, Role, TeamRole } from "@steward/core";

interface Person {
  readonly name: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: Role;
}

interface Team {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly members: Readonly<Record<string, TeamRole>>;
}

/** What an operation takes, beside the row that it is about. */
export type Given<Asked> = Asked extends Operation<Http, infer Input> ? Omit<Input, "id"> : never;
type Fields = Omit<Given<Operations["assistants"]["create"]>, "ownerId">;
type Change = Given<Operations["assistants"]["update"]>;
type Skill = Given<Operations["skills"]["create"]>;

interface Comment {
  readonly by: string;
  readonly message: string;
  readonly mentions?: string[];
  readonly replies?: readonly { readonly by: string; readonly message: string }[];
  readonly resolvedBy?: string;
}

/** A file of text. */
export interface DemoFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** A change that is made in a draft. */
interface Edit {
  readonly by: string;
  readonly change: Change;
}

export interface Assistant {
  readonly owner: string;
  readonly fields: Fields & { readonly slug: string };
  /** A folder of its owner's. */
  readonly folder?: string;
  readonly tags?: readonly string[];
  /** Datasets, which its maker can read. */
  readonly knowledge?: readonly Given<Operations["knowledge"]["create"]>[];
  readonly skills?: readonly Skill[];
  readonly secrets?: readonly Given<Operations["secrets"]["create"]>[];
  readonly files?: readonly DemoFile[];
  readonly references?: readonly Given<Operations["references"]["create"]>[];
  /** To whom it is shared, with the level: 1 read, 2 write, 3 administer. */
  readonly shares?: Readonly<Record<string, 1 | 2 | 3>>;
  readonly favoriteOf?: readonly string[];
  /** Drafts that were committed. */
  readonly commits?: readonly (Edit & { readonly message: string })[];
  /** The draft that is still open. */
  readonly draft?: Edit & { readonly skills?: readonly Skill[]; readonly comments?: readonly Comment[] };
  readonly comments?: readonly Comment[];
  /** A token whose value nobody keeps: to see how one looks in a list, and to revoke. */
  readonly token?: Omit<Given<Operations["tokens"]["create"]>, "type" | "assistantId">;
}

/** A small company, so that there is something to look at. Beside these people there is the admin. */
export const people: readonly Person[] = [
  { name: "ada", displayName: "Ada Marsh", email: "ada@example.com", role: "creator" },
  { name: "ben", displayName: "Ben Okafor", email: "ben@example.com", role: "member" },
  { name: "chloe", displayName: "Chloe Laurent", email: "chloe@example.com", role: "creator" },
  { name: "dev", displayName: "Dev Patel", email: "dev@example.com", role: "member" },
];

/** The first member of each is its admin, who makes what the team owns. */
export const teams: readonly Team[] = [
  {
    name: "analytics",
    displayName: "Analytics",
    description: "Reports, numbers and the questions behind them",
    members: { ada: "admin", ben: "designer", dev: "member" },
  },
  {
    name: "support",
    displayName: "Customer support",
    description: "First answers to customers",
    members: { chloe: "admin", ben: "memberPlus" },
  },
];

/** Tags, and who has made them. */
export const tags: Readonly<Record<string, string>> = {
  Figures: "ada",
  "Needs review": "ada",
  Customers: "chloe",
  "Out of season": "chloe",
};

/** Folders, those that others lie in before these. */
export const folders: readonly { readonly owner: string; readonly name: string; readonly within?: string }[] = [
  { owner: "analytics", name: "Reports" },
  { owner: "analytics", name: "Every quarter", within: "Reports" },
  { owner: "support", name: "Customers" },
  { owner: "ada", name: "My tools" },
];
