import { tables } from "@steward/db";
import { eq, sql } from "drizzle-orm";
import { users } from "../access.ts";
import { fragment } from "../fragment.ts";
import { type Places, write } from "../statement.ts";

const { seats } = tables;
const userId = fragment<string>(users.id);

/** A seat for the user of this id. */
export const putSeat = write((database, places: Places<{ userId: string; expiresAt: Date | null; at: Date }>) =>
  database.insert(seats).values({ userId: places.userId, expiresAt: places.expiresAt, createdAt: places.at }),
);

/** A seat without end for the user that the request names, unless it has one. */
export const giveSeat = write((database, places: Places<{ at: Date }>) =>
  database
    .insert(seats)
    .values({ userId, createdAt: places.at })
    .onConflictDoUpdate({
      target: seats.userId,
      set: { expiresAt: null, version: sql`version + 1` },
      setWhere: fragment("expires_at <= :now"),
    }),
);

export const takeSeat = write((database) => database.delete(seats).where(eq(seats.userId, userId)));
