/** How much is measured. */
export interface Amounts {
  /** Of one file that is sent and fetched. */
  readonly bytes: number;
  readonly transfers: number;
  /** At once, while memory is watched. */
  readonly uploads: number;
  /** Of the PDF that is read alone. */
  readonly pages: number;
  readonly readings: number;
  /** Of each of the files that are read while others ask. */
  readonly pagesOfMany: number;
  readonly many: number;
  readonly manyRounds: number;
  /** Milliseconds for which others are watched before anything is read. */
  readonly idle: number;
  readonly searchedFiles: number;
  readonly chunksOfFile: number;
  /** For each kind of question, of each assistant. */
  readonly searches: number;
}

/** What the budgets are about. */
export const whole: Amounts = {
  bytes: 100_000_000,
  transfers: 5,
  uploads: 10,
  pages: 300,
  readings: 3,
  pagesOfMany: 60,
  many: 10,
  manyRounds: 3,
  idle: 5000,
  searchedFiles: 200,
  chunksOfFile: 500,
  searches: 200,
};

/** Enough to see that a measurement works; its figures say nothing. */
export const small: Amounts = {
  bytes: 10_000_000,
  transfers: 2,
  uploads: 3,
  pages: 30,
  readings: 1,
  pagesOfMany: 10,
  many: 3,
  manyRounds: 1,
  idle: 500,
  searchedFiles: 41,
  chunksOfFile: 20,
  searches: 10,
};
