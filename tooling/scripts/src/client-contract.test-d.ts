/**
 * What `@steward/client` publishes is what the router takes and gives. A type error here names the procedures that
 * have drifted apart; `node tooling/scripts/src/client-contract.ts --write` brings them together again.
 */
import type { StewardErrorShape, StewardRouter } from "@steward/client";
import type { AppRouter } from "@steward/trpc";
import type { inferRouterError, inferRouterInputs, inferRouterOutputs } from "@trpc/server";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The names of the procedures whose types differ, or that only one side has. */
type Differences<A, B> = {
  [G in keyof A | keyof B]: G extends keyof A & keyof B
    ? {
        [N in keyof A[G] | keyof B[G]]: N extends keyof A[G] & keyof B[G]
          ? Same<A[G][N], B[G][N]> extends true
            ? never
            : [G, N]
          : [G, N];
      }[keyof A[G] | keyof B[G]]
    : [G];
}[keyof A | keyof B];

type MustBeNever<T extends never> = T;

export type Inputs = MustBeNever<Differences<inferRouterInputs<AppRouter>, inferRouterInputs<StewardRouter>>>;
export type Outputs = MustBeNever<Differences<inferRouterOutputs<AppRouter>, inferRouterOutputs<StewardRouter>>>;

type KindsOf<R> = { [G in keyof R]: { [N in keyof R[G]]: R[G][N] extends { _def: { type: infer T } } ? T : never } };
export type Kinds = MustBeNever<
  Differences<KindsOf<AppRouter["_def"]["record"]>, KindsOf<StewardRouter["_def"]["record"]>>
>;

/** Assignable both ways: the server's shape is read-only. */
export const published = (error: inferRouterError<AppRouter>): StewardErrorShape => error;
export const served = (error: StewardErrorShape): inferRouterError<AppRouter> => error;

/** The check itself finds what differs. */
export type Finds = [
  // @ts-expect-error a missing optional key
  MustBeNever<Differences<{ a: { b: { c: 1 } } }, { a: { b: { c: 1; d?: 2 } } }>>,
  // @ts-expect-error a missing procedure
  MustBeNever<Differences<{ a: { b: 1; e: 1 } }, { a: { b: 1 } }>>,
  // @ts-expect-error a missing group
  MustBeNever<Differences<{ a: { b: 1 }; f: { b: 1 } }, { a: { b: 1 } }>>,
];
