import type { Assistant } from "./demo.ts";
import { knowing } from "./demo-datasets.ts";
import { refundRules, salesGlossary } from "./demo-files.ts";

const salesInstructions = `You answer questions about our sales figures for people who do not read spreadsheets.
State the period and the region that a number belongs to.`;
const comparing = `${salesInstructions} Compare with the same period of the year before when you can.`;
const provisional = `${comparing}
When a figure is provisional or missing, say so instead of estimating.`;
const rounding = `${provisional} Round to thousands unless you are asked for more.`;

const salesAssistant: Assistant = {
  owner: "analytics",
  fields: {
    slug: "sales-assistant",
    name: "Sales assistant",
    description: "Explains the sales figures of the quarter and of the regions",
    instructions: salesInstructions,
    welcome: "Which figures would you like to understand?",
    suggestions: ["How did the north do this quarter?", "Which products grew fastest this year?"],
  },
  folder: "Every quarter",
  tags: ["Figures", "Needs review"],
  knowledge: [{ datasetId: "ada:seattle-weather", mode: "sample", sampleSize: 200 }],
  skills: [
    {
      type: "code-execution",
      name: "Calculator",
      description: "Adds up, compares and rounds figures",
      data: { languages: ["python"], timeoutSeconds: 10 },
    },
  ],
  files: [salesGlossary],
  references: [
    { targetType: "assistant", targetId: "ada:query-helper", description: "Writes the queries behind the figures" },
    { targetType: "url", targetId: "https://example.com/fiscal-calendar", description: "When our quarters begin" },
  ],
  shares: { support: 1, chloe: 2 },
  favoriteOf: ["ben", "admin"],
  commits: [
    { by: "chloe", change: { instructions: comparing }, message: "Compares with the year before, as support asked" },
    { by: "ada", change: { instructions: provisional }, message: "Says when a figure is provisional" },
  ],
  draft: {
    by: "ada",
    change: {
      instructions: rounding,
      suggestions: ["How did the north do this quarter?", "What changed since last quarter?"],
    },
    skills: [{ type: "web-search", data: { provider: "searxng", baseUrl: "https://search.example.com" } }],
    comments: [
      { by: "ben", message: "Thousands hide the small regions. Hundreds below 100,000?", mentions: ["user:ada"] },
    ],
  },
  comments: [
    {
      by: "ben",
      message: "The north has no figures for March, and it made some up. Can it say so instead?",
      mentions: ["user:ada"],
      replies: [
        { by: "ada", message: "They come with the next closing. It now says when a figure is missing." },
        { by: "ben", message: "Works, thank you." },
      ],
      resolvedBy: "ada",
    },
    {
      by: "chloe",
      message: "Customers ask for figures of single products. Is that in there?",
      mentions: ["user:ada", "user:dev"],
      replies: [{ by: "dev", message: "Since last year. Before that only groups of products." }],
    },
  ],
};

const surveyReader: Assistant = {
  owner: "analytics",
  fields: {
    slug: "survey-reader",
    name: "Survey reader",
    description: "Sums up free-text answers of customer surveys by theme",
    instructions: `You receive answers to customer surveys. Group them by theme, at most seven, and order the themes by how often
they occur. For each theme give the count, one sentence that sums it up, and one short literal quotation.
Never name a customer, and leave out anything that could identify one.`,
    suggestions: ["What do customers say about delivery?"],
  },
  folder: "Reports",
  tags: ["Customers"],
  skills: [
    { type: "code-execution", name: "Count themes", data: { languages: ["javascript"] } },
    {
      type: "mcp",
      name: "Survey archive",
      data: { url: "https://surveys.example.com/mcp", tools: ["list_surveys", "get_answers"] },
    },
  ],
};

const frontDesk: Assistant = {
  owner: "support",
  fields: {
    slug: "front-desk",
    name: "Front desk",
    description: "Takes any question and hands it to the assistant that knows the answer",
    instructions: `You greet people and find out what they need with at most two questions. Then hand the question on: invoices
and refunds to the refund guide, words and tone to the reply writer, figures to the sales assistant.
When none of them fits, say that a colleague will write back within one working day.`,
    welcome: "Hello, what can I do for you?",
    dispatcher: true,
  },
  tags: ["Customers"],
  skills: [
    { type: "assistant", name: "Ask the refund guide", data: { assistantId: "support:refund-guide" } },
    { type: "assistant", name: "Ask the reply writer", data: { assistantId: "chloe:reply-writer" } },
    { type: "assistant", name: "Ask about sales", data: { assistantId: "analytics:sales-assistant" } },
  ],
  shares: { analytics: 1 },
  favoriteOf: ["chloe"],
  token: { notes: "The help page, from our own network", readOnly: true, restrict: "cidr", cidr: "10.0.0.0/8" },
};

const refundGuide: Assistant = {
  owner: "support",
  fields: {
    slug: "refund-guide",
    name: "Refund guide",
    description: "Tells whether and how an order may be refunded",
    instructions: `You apply our refund rules. Unused goods: 30 days, full price. Faulty goods: 24 months, repair first, then
refund. Digital goods: only until the first download. Gift cards: never. Amounts above 500 need a team lead's approval,
which you ask for and never promise. Answer with the decision first, then the rule, then the next step.`,
    instructionsHidden: true,
    suggestions: ["May a customer return opened headphones after three weeks?"],
  },
  folder: "Customers",
  tags: ["Customers"],
  skills: [
    {
      type: "custom",
      name: "Look up an order",
      description: "Tells what was ordered, when, and what was paid",
      data: {
        url: "https://api.example.com/orders/{{input.number}}",
        headers: { Authorization: "Bearer {{secrets.ORDERS_TOKEN}}" },
        inputSchema: {
          type: "object",
          properties: { number: { type: "string", description: "The order's number" } },
          required: ["number"],
          additionalProperties: false,
        },
      },
    },
  ],
  secrets: [
    {
      name: "ORDERS_TOKEN",
      description: "Opens nothing: put in one of your own system",
      value: "a-token-of-the-demo-world-that-opens-nothing",
      allowedHosts: ["api.example.com"],
    },
  ],
  files: [refundRules],
  references: [{ targetType: "url", targetId: "https://example.com/terms", description: "The terms of sale" }],
  shares: { analytics: 1 },
  comments: [{ by: "ben", message: "Gift cards that were paid twice: never as well?", mentions: ["user:chloe"] }],
};

const queryHelper: Assistant = {
  owner: "ada",
  fields: {
    slug: "query-helper",
    name: "Query helper",
    description: "Writes and explains SQL for the warehouse",
    instructions: `You write SQL for our warehouse, which speaks the dialect of SQLite. Ask for the columns when you do not know
them; do not invent any. Explain each query in one sentence before it, and name the index that it needs when it reads
more than a million rows. Never write a statement that changes data.`,
  },
  folder: "My tools",
  tags: ["Figures"],
  knowledge: [{ datasetId: "analytics:bird-strikes", mode: "schema" }],
  references: [{ targetType: "url", targetId: "https://www.sqlite.org/lang.html", description: "The dialect" }],
  shares: { ben: 2, analytics: 1 },
  favoriteOf: ["ada", "ben"],
};

const meetingNotes: Assistant = {
  owner: "ada",
  fields: {
    slug: "meeting-notes",
    name: "Meeting notes",
    description: "Turns rough notes into decisions, tasks and open questions",
    instructions: `You turn rough notes into three lists: decisions, tasks with a name and a date, and open questions. Keep the
writer's words where you can. A task without a name goes under open questions.`,
  },
  shares: { chloe: 3 },
};

const replyWriter: Assistant = {
  owner: "chloe",
  fields: {
    slug: "reply-writer",
    name: "Reply writer",
    description: "Drafts friendly, short replies to customers",
    instructions: `You draft replies to customers in their own language. Begin with the answer. At most 120 words, no jargon, no
exclamation marks, no promise that the refund guide does not cover. End with one clear next step.`,
    suggestions: ["Draft a reply to a customer whose parcel is a week late"],
  },
  tags: ["Customers"],
  references: [{ targetType: "assistant", targetId: "support:refund-guide", description: "What may be promised" }],
  shares: { support: 2, ada: 1 },
  favoriteOf: ["chloe"],
};

const holidayGreetings: Assistant = {
  owner: "chloe",
  fields: {
    slug: "holiday-greetings",
    name: "Holiday greetings",
    description: "Last winter's card writer, kept for its instructions",
    instructions:
      "You write holiday cards of at most three lines, warm and without clichés, in the language of the address.",
    enabled: false,
  },
  tags: ["Out of season"],
};

export const assistants: readonly Assistant[] = [
  salesAssistant,
  surveyReader,
  frontDesk,
  refundGuide,
  queryHelper,
  meetingNotes,
  replyWriter,
  holidayGreetings,
  ...knowing,
];
