import { me, assistants as resource } from "../access.ts";
import { StewardError } from "../errors.ts";
import { type Guard, guard, versionIs } from "../statement.ts";
import { fileId, type Which } from "./schema.ts";

const conflict = (message: string) => new StewardError("conflict", { message });
const ofAssistant = `from assistant_files f where f.assistant_id = ${resource.id}`;

const isRoom = guard(`(select count(*) ${ofAssistant}) < (select assistant_files from settings where id = 1)`);
/** That the assistant may have one file more. */
export const room = (): Guard =>
  isRoom({}, conflict("The assistant has as many files as the setting `assistantFiles` allows: delete one"));

const isFree = guard<{ filename: string }>(`not exists (select 1 ${ofAssistant} and f.filename = :filename)`);
const isFreeFor = guard<{ filename: string | null } & Which>(
  `not exists (select 1 ${ofAssistant} and f.filename = :filename and f.id <> ${fileId})`,
);
const taken = () =>
  conflict("The assistant has a file of this name: replace its contents, or take another name (`name`)");

/** That no file of the assistant is called so. */
export const nameIsFree = (filename: string): Guard => isFree({ filename }, taken());
/** The same, for a file that may be called so itself; null for one that keeps its name. */
export const nameIsFreeFor = (which: Which, filename: string | null): Guard =>
  isFreeFor({ ...which, filename }, taken());

const isThere = guard<Which>(`${fileId} is not null`);
const hasVersion = versionIs(`(select f.version from assistant_files f where f.id = ${fileId})`);

/** That the file is there, as it was read. */
export const thereAsRead = (which: Which, expectedVersion: number | undefined): readonly Guard[] => [
  isThere(which, new StewardError("not_found")),
  hasVersion({ ...which, expectedVersion }),
];

const hasName = guard<Which & { filename: string }>(
  `:filename = (select f.filename from assistant_files f where f.id = ${fileId})`,
);
/** That the file is still called so. */
export const isCalled = (which: Which, filename: string): Guard =>
  hasName({ ...which, filename }, conflict("The file got another name meanwhile: try again"));

interface Taking {
  readonly uploadId: string;
  /** The name that the file gets; null for that of the upload. */
  readonly filename: string | null;
}

const ofUpload = "from uploads where id = :uploadId";
const isOwn = guard<Taking>(`(select user_id ${ofUpload}) = ${me}`);
const isStored = guard<Taking>(`(select status = 'stored' and expires_at > :now ${ofUpload})`);
const isFreeForUpload = guard<Taking>(`not exists (select 1 ${ofAssistant}
  and f.filename = coalesce(:filename, (select filename ${ofUpload})))`);

/** That an upload is the caller's and holds bytes that nobody has taken. */
export const takeable = (taking: Taking): readonly Guard[] => [
  isOwn(taking, new StewardError("not_found")),
  isStored(
    taking,
    conflict("This upload holds no bytes for a file: send them first, or make a new one if it was used or has expired"),
  ),
  isFreeForUpload(taking, taken()),
];
