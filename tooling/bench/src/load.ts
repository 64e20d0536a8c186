import autocannon from "autocannon";

export interface Load {
  readonly url: string;
  readonly token?: string;
  /** Paths to ask for in turn, or what to post. */
  readonly paths?: readonly string[];
  readonly post?: () => object;
  readonly seconds: number;
}

export interface Measured {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const connections = 10;

/** Ten connections that ask as fast as they are answered. Rejects when anything but a success comes back. */
export async function load({ url, token, paths = [], post, seconds }: Load): Promise<Measured> {
  const headers = {
    ...(token && { authorization: `Bearer ${token}` }),
    ...(post && { "content-type": "application/json" }),
  };
  let next = 0;
  const requests: autocannon.Request[] = post
    ? [
        {
          method: "POST",
          path: paths[0] ?? "/",
          setupRequest: (request) => ({ ...request, body: JSON.stringify(post()) }),
        },
      ]
    : [{ method: "GET", setupRequest: (request) => ({ ...request, path: paths[next++ % paths.length] ?? "/" }) }];
  const result = await autocannon({ url, connections, duration: seconds, headers, requests });
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} requests to ${url} failed`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}
