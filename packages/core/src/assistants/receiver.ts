import { asCaller, owners, principalReference } from "../access.ts";
import { StewardError } from "../errors.ts";
import { guard } from "../statement.ts";

/** Somebody who is to have an assistant, as values of a statement; by `undefined` the caller. */
export interface Receiver {
  readonly owner1: string | null;
  readonly owner2: string | null;
}

export const receiverOf = (reference: string | undefined): Receiver => {
  const [owner1, owner2] = reference === undefined ? [null, null] : principalReference(reference);
  return { owner1, owner2 };
};

/** SQL for the receiver's id, or null where there is none. */
export const receiverId = `(${owners.id.replaceAll(":subject", ":owner")})`;

const receiverLevel = `(with ${asCaller} select ${owners.level}
  from (select ${receiverId} as id) s cross join bearer b)`;
const known = guard<Receiver>(`${receiverLevel} > 0`);
const mayReceive = guard<Receiver>(`${receiverLevel} >= 2`);

/** That one may give the receiver an assistant: oneself, a team in which one may write, anybody as a superuser. */
export const mayGiveTo = (receiver: Receiver) => [
  known(receiver, new StewardError("not_found", { message: "There is no such owner" })),
  mayReceive(receiver, new StewardError("forbidden")),
];
