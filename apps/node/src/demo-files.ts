import type { DemoFile } from "./demo.ts";

/** What the refund guide looks its rules up in. */
export const refundRules: DemoFile = {
  name: "refund-rules.md",
  type: "text/markdown",
  text: `# Refund rules

These rules hold for every order, wherever it was placed. When two of them apply, the one that is better for the customer counts.

## Unused goods

Unused goods may be returned within 30 days of delivery for the full price. The packaging may be opened, and seals of hygiene
may not: headphones that sit in the ear, cosmetics and food are kept once they are unsealed. The customer pays the postage
unless the wrong article was sent.

## Faulty goods

Faulty goods are repaired first, for 24 months after delivery. When a repair has failed once, or takes longer than three weeks,
the customer chooses between another article of the kind and the full price. The postage is ours in both directions.

## Digital goods

Licences, downloads and courses can be refunded until the first download or the first lesson, and not later. An outage of ours
that lasted longer than a day prolongs a course by as many days.

## Gift cards

Gift cards are never paid out. One that was charged twice by mistake is an error of payment and not a refund: the second charge
goes back the way it came.

## Who decides

| Amount | Who approves |
|---|---|
| up to 500 | whoever answers |
| above 500 | a team lead |
| above 5,000 | the head of finance, with a note of why |
`,
};

/** What the sales assistant means by its words. */
export const salesGlossary: DemoFile = {
  name: "sales-glossary.csv",
  type: "text/csv",
  text: `Term,Meaning
Net sales,"Invoiced amounts without taxes, returns and discounts"
Gross sales,"Invoiced amounts with taxes, before returns"
Provisional,"A figure of a month that has not been closed: the closing is on the fifth working day"
North,"Stores and the online shop in Washington, Oregon and Alaska"
South,"Stores in California, Nevada and Arizona"
Like for like,"Only stores that were open in both of the periods that are compared"
Return rate,"Units that came back within 30 days, of all units that were delivered in the month"
`,
};
