import { me, assistants as resource } from "../access.ts";
import type { Step } from "../context.ts";
import { StewardError } from "../errors.ts";
import { guard, rawWrite } from "../statement.ts";
import { contentOf } from "./content.ts";

const touch = rawWrite(
  `update assistants set version = version + 1, updated_at = :now, updated_by = ${me} where id = ${resource.id}`,
);

const record = <V extends object>(assistantId: string) =>
  rawWrite<
    V & { message: string | null }
  >(`insert into revisions (assistant_id, number, content, message, operation, created_at, created_by)
    select now.id, now.version, now.content, :message, :operation, :now, ${me}
    from (select a.id, a.version, ${contentOf("a")} as content from assistants a
      where a.id = ${assistantId} and a.editing_id is null) now
    where now.content is not (select content from revisions where assistant_id = now.id order by number desc limit 1)`);

/** The settings say how many are kept; the newest always is. */
const forget = <V extends object>(assistantId: string) =>
  rawWrite<V>(`delete from revisions where assistant_id = ${assistantId} and number <= (
    select number from revisions where assistant_id = ${assistantId} order by number desc
    limit 1 offset max(1, (select revision_retention from settings where id = 1)))`);

/** So that what is exported fits into one request, with what an export adds. */
const largest = 768 * 1024;
const tooLarge = new StewardError("conflict", {
  message: "An assistant with all of its parts is at most 768 KiB: shorten texts and configurations, or remove some",
});
const fits = <V extends object>(assistantId: string) =>
  guard<V>(`coalesce((select octet_length(content) from revisions where assistant_id = ${assistantId}
    order by number desc limit 1), 0) <= ${largest}`);
const subjectFits = fits(resource.id);
const madeFits = fits<{ made: string }>(":made");

const recordSubject = record(resource.id);
const forgetOfSubject = forget(resource.id);
const forgetMade = forget<{ made: string }>(":made");
const recordMade = record<{ made: string }>(":made");

/** Keeps what the assistant that the request names has now become as a revision, unless it is a draft or the same. */
export const recorded = (message: string | null = null): readonly [Step, Step, Step] => [
  recordSubject({ message }),
  subjectFits({}, tooLarge),
  forgetOfSubject({}),
];

/** The same for an assistant that the request does not name: one that it makes, or finds by other means. */
export const recordedOf = (made: string, message: string | null = null): readonly [Step, Step, Step] => [
  recordMade({ message, made }),
  madeFits({ made }, tooLarge),
  forgetMade({ made }),
];

/** The same for one that the request has just made, which has no older ones. */
export const recordedFirst = (made: string): Step => recordMade({ message: null, made });

/** What every change of an assistant's parts ends with: a new version of it, and a revision. */
export const revised = (message: string | null = null): readonly [Step, Step, Step, Step] => [
  touch({}),
  ...recorded(message),
];
