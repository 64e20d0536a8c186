import { integer } from "drizzle-orm/sqlite-core";

export const moment = (name: string) => integer(name, { mode: "timestamp_ms" });
export const flag = (name: string, fallback: boolean) => integer(name, { mode: "boolean" }).notNull().default(fallback);
export const version = () => integer().notNull().default(1);
