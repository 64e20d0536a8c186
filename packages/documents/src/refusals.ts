import type { DocumentFormat } from "@steward/core";
import { DocumentError } from "@steward/core/document-error";

/** A number as a person reads it. */
export const readable = (number: number): string => number.toLocaleString("en");

/** Bytes as a person reads them. */
export const megabytes = (bytes: number): string => `${readable(Math.round(bytes / 2 ** 20))} MiB`;

export const failed = (message: string, cause?: unknown): DocumentError =>
  new DocumentError("failed", message, cause === undefined ? {} : { cause });

export const unsupported = (message: string): DocumentError => new DocumentError("unsupported", message);

const names: Record<DocumentFormat, string> = {
  pdf: "PDF",
  docx: "Word document",
  xlsx: "Excel workbook",
  csv: "CSV file",
  html: "HTML page",
  markdown: "Markdown file",
  text: "text file",
  code: "source file",
};

/** What a file of this format is called in a sentence. */
export const nameOf = (format: DocumentFormat): string => names[format];

export const isProtected = (format: DocumentFormat): DocumentError =>
  unsupported(`The ${nameOf(format)} is protected by a password: remove it and upload the file again`);

export const isDamaged = (format: DocumentFormat, cause?: unknown): DocumentError =>
  failed(`The ${nameOf(format)} is damaged or cut off: open it where it was made, save it and upload it again`, cause);

export const isTooDeep = (format: DocumentFormat): DocumentError =>
  failed(`The ${nameOf(format)} has elements that lie too deep within one another`);
