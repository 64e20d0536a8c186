import { text } from "../schemas.ts";

/** What a reference names is at most so long; a web address is the longest of all. */
export const longestTarget = 2000;
export const longestId = 200;

/** What a reference is to the assistant, in words. */
export const Description = text(1000).nullable().meta({ description: "What it is to the assistant" });

/** A web address in the one form in which it is kept, or null: http or https, without user name and password. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, username, password, href } = new URL(text);
  const isWeb = protocol === "https:" || protocol === "http:";
  return isWeb && !username && !password && href.length <= longestTarget ? href : null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a text names in the form in which it is kept, as far as the text tells. */
export const canonical = (text: string): string => webAddress(text) ?? (uuid.test(text) ? text.toLowerCase() : text);
