import type { Role, TeamRole } from "@steward/core";

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

interface Assistant {
  readonly owner: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly instructions: string;
  readonly welcome?: string;
  readonly suggestions?: readonly string[];
  readonly dispatcher?: boolean;
  readonly instructionsHidden?: boolean;
  readonly enabled?: boolean;
  /** To whom it is shared, with the level: 1 read, 2 write, 3 administer. */
  readonly shares?: Readonly<Record<string, 1 | 2 | 3>>;
  readonly favoriteOf?: readonly string[];
}

/** A small company, so that there is something to look at. Beside these people there is the admin. */
export const people: readonly Person[] = [
  { name: "ada", displayName: "Ada Marsh", email: "ada@example.com", role: "creator" },
  { name: "ben", displayName: "Ben Okafor", email: "ben@example.com", role: "member" },
  { name: "chloe", displayName: "Chloe Laurent", email: "chloe@example.com", role: "creator" },
  { name: "dev", displayName: "Dev Patel", email: "dev@example.com", role: "member" },
];

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

export const assistants: readonly Assistant[] = [
  {
    owner: "analytics",
    slug: "sales-assistant",
    name: "Sales assistant",
    description: "Explains the sales figures of the quarter and of the regions",
    instructions: `You answer questions about our sales figures for people who do not read spreadsheets.
State the period and the region that a number belongs to. Compare with the same period of the year before when you can.
When a figure is provisional or missing, say so instead of estimating. Round to thousands unless you are asked for more.`,
    welcome: "Which figures would you like to understand?",
    suggestions: ["How did the north do this quarter?", "Which products grew fastest this year?"],
    shares: { support: 1, chloe: 2 },
    favoriteOf: ["ben", "admin"],
  },
  {
    owner: "analytics",
    slug: "survey-reader",
    name: "Survey reader",
    description: "Sums up free-text answers of customer surveys by theme",
    instructions: `You receive answers to customer surveys. Group them by theme, at most seven, and order the themes by how often
they occur. For each theme give the count, one sentence that sums it up, and one short literal quotation.
Never name a customer, and leave out anything that could identify one.`,
    suggestions: ["What do customers say about delivery?"],
  },
  {
    owner: "support",
    slug: "front-desk",
    name: "Front desk",
    description: "Takes any question and hands it to the assistant that knows the answer",
    instructions: `You greet people and find out what they need with at most two questions. Then hand the question on: invoices
and refunds to the refund guide, words and tone to the reply writer, figures to the sales assistant.
When none of them fits, say that a colleague will write back within one working day.`,
    welcome: "Hello, what can I do for you?",
    dispatcher: true,
    shares: { analytics: 1 },
    favoriteOf: ["chloe"],
  },
  {
    owner: "support",
    slug: "refund-guide",
    name: "Refund guide",
    description: "Tells whether and how an order may be refunded",
    instructions: `You apply our refund rules. Unused goods: 30 days, full price. Faulty goods: 24 months, repair first, then
refund. Digital goods: only until the first download. Gift cards: never. Amounts above 500 need a team lead's approval,
which you ask for and never promise. Answer with the decision first, then the rule, then the next step.`,
    instructionsHidden: true,
    shares: { analytics: 1 },
    suggestions: ["May a customer return opened headphones after three weeks?"],
  },
  {
    owner: "ada",
    slug: "query-helper",
    name: "Query helper",
    description: "Writes and explains SQL for the warehouse",
    instructions: `You write SQL for our warehouse, which speaks the dialect of SQLite. Ask for the columns when you do not know
them; do not invent any. Explain each query in one sentence before it, and name the index that it needs when it reads
more than a million rows. Never write a statement that changes data.`,
    shares: { ben: 2, analytics: 1 },
    favoriteOf: ["ada", "ben"],
  },
  {
    owner: "ada",
    slug: "meeting-notes",
    name: "Meeting notes",
    description: "Turns rough notes into decisions, tasks and open questions",
    instructions: `You turn rough notes into three lists: decisions, tasks with a name and a date, and open questions. Keep the
writer's words where you can. A task without a name goes under open questions.`,
    shares: { chloe: 3 },
  },
  {
    owner: "chloe",
    slug: "reply-writer",
    name: "Reply writer",
    description: "Drafts friendly, short replies to customers",
    instructions: `You draft replies to customers in their own language. Begin with the answer. At most 120 words, no jargon, no
exclamation marks, no promise that the refund guide does not cover. End with one clear next step.`,
    suggestions: ["Draft a reply to a customer whose parcel is a week late"],
    shares: { support: 2, ada: 1 },
    favoriteOf: ["chloe"],
  },
  {
    owner: "chloe",
    slug: "holiday-greetings",
    name: "Holiday greetings",
    description: "Last winter's card writer, kept for its instructions",
    instructions:
      "You write holiday cards of at most three lines, warm and without clichés, in the language of the address.",
    enabled: false,
  },
];
