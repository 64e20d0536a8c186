/** Something in the folder that has to be put right by hand. */
export interface Problem {
  /** Relative to the folder. */
  readonly file: string;
  /** From 1 on; null where it is about the whole file. */
  readonly line: number | null;
  readonly message: string;
}

/** As compilers say it, so that editors find the place. */
export const problemLine = ({ file, line, message }: Problem): string =>
  `${file}${line === null ? "" : `:${line}`}: ${message.replaceAll(/\s+/g, " ")}`;
