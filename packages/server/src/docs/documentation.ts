import { page } from "./page.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
}

let headers: Promise<Readonly<Record<string, string>>> | undefined;

/** Nothing runs on the page but the very texts that belong to it. */
async function pageHeaders(): Promise<Readonly<Record<string, string>>> {
  const [scriptHash, styleHash] = await Promise.all([hashOf(script), hashOf(style)]);
  return {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "public, max-age=300",
    "content-security-policy": [
      "default-src 'none'",
      `script-src ${scriptHash}`,
      `style-src ${styleHash}`,
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
  };
}

const addresses = /^\/docs(\/|\/relations\/[\w-]+)?$/;

/** Whether the reference page answers at this path. A relation's address shows what it leads to. */
export const isDocumentation = (pathname: string): boolean => addresses.test(pathname);

/** The reference page, which draws itself from `/api/openapi.json`. */
export async function documentation(): Promise<Response> {
  headers ??= pageHeaders();
  return new Response(page, { headers: await headers });
}
