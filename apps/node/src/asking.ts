import { type Caller, execute, type Http, type Operation, operations, type Services } from "@steward/core";

/** Asks for an operation as somebody. Rejects with what it is refused with. */
export type Ask = <Input, Output>(
  who: string,
  operation: Operation<Http, Input, Output>,
  input: Input,
) => Promise<Output>;

const nameOf = new Map<unknown, string>(
  Object.entries(operations).flatMap(([group, all]) =>
    Object.entries(all).map(([name, operation]) => [operation, `${group}.${name}`] as const),
  ),
);

/** Whoever asks is signed in first: operations are asked through the same gate as from outside. */
export function asking(services: Services): Ask {
  const credentials = new Map<string, Promise<Caller["credential"]>>();
  const credentialOf = (who: string) => {
    const credential = credentials.get(who) ?? signIn(services, who);
    credentials.set(who, credential);
    return credential;
  };
  return async <Input, Output>(who: string, operation: Operation<Http, Input, Output>, input: Input) => {
    const caller: Caller = { credential: await credentialOf(who), address: null, defer: () => undefined };
    return (await execute(services, caller, nameOf.get(operation) ?? "", operation, input)) as Output;
  };
}

async function signIn({ executor, sessions, clock, ids }: Services, who: string) {
  const [found] = await executor.batch([{ sql: "select id from principals where name = ?", args: [who] }], "read");
  const { sid, hash, userId, expiresAt } = await sessions.issue(String(found?.rows[0]?.[0]), 1);
  await executor.batch(
    [
      {
        sql: "insert into sessions (id, hash, user_id, expires_at, created_at) values (?, ?, ?, ?, ?)",
        args: [ids.next(), hash, userId, expiresAt.getTime(), clock.now().getTime()],
      },
    ],
    "write",
  );
  return sessions.credential(sid);
}
