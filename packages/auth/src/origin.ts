const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** What `sameOrigin` looks at. Header values are null when the header is missing. */
export interface OriginCheck {
  readonly method: string;
  readonly origin: string | null;
  readonly secFetchSite: string | null;
  /**
   * The server's own origin (`https://steward.example`), compared with its scheme, or its own host
   * (`steward.example:8080`), for a server that cannot know under which scheme the proxy in front of it is reached.
   */
  readonly own: string;
}

/**
 * Whether a request that carries the session cookie may change something, as far as its origin goes: the defence
 * against cross-site request forgery. False when it changes something and comes from elsewhere (403). Programs
 * other than browsers send no `Origin`, and pass; another origin of the same site is elsewhere, and so is `null`.
 */
export function sameOrigin({ method, origin, secFetchSite, own }: OriginCheck): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (secFetchSite === "cross-site") return false;
  if (origin === null) return true;
  const presented = webAddress(origin);
  if (presented === null) return false;
  const expected = webAddress(own.includes("://") ? own : `${presented.protocol}//${own}`);
  return expected !== null && presented.origin === expected.origin;
}

function webAddress(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  // Other schemes have hosts, too: an extension's page could otherwise bear the server's name.
  return url?.protocol === "https:" || url?.protocol === "http:" ? url : null;
}
