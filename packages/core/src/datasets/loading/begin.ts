import type { StoredField } from "@steward/db";
import { me, datasets as resource } from "../../access.ts";
import type { Step } from "../../context.ts";
import { StewardError } from "../../errors.ts";
import { parsed } from "../../records.ts";
import { guard, type Read, rawWrite, readSql } from "../../statement.ts";
import { type Limits, lease, mostLoadsOfUser } from "./order.ts";

/** SQL for the dataset that the request names, and for the load that is its data (null where there is none). */
export const datasetId = resource.id;
export const currentLoad = `(select load_number from datasets where id = ${datasetId})`;

/** What there is before something is loaded. */
export interface Begun {
  /** The load into which is written. */
  readonly loadNumber: number;
  /** What the dataset's data was. */
  readonly currentLoad: number | null;
  readonly fields: readonly StoredField[];
  readonly rows: number;
  readonly bytes: number;
  readonly lastPosition: number;
  readonly limits: Limits;
}

/** Null for each of them where there is no data. */
export type Current = Omit<Begun, "loadNumber">;

const limitsAndData = `s.dataset_fields, s.dataset_field_length, s.dataset_rows, s.dataset_bytes,
  ${currentLoad}, l.fields, l.rows, l.bytes, l.last_position`;

const toCurrent = (row: readonly unknown[]): Current => {
  const [fields, fieldLength, rows, bytes, current, ...load] = row as number[];
  const limits = { fields, fieldLength, rows, bytes } as Limits;
  const [stored, loadRows, loadBytes, lastPosition] = load as unknown as [string | null, ...(number | null)[]];
  return {
    currentLoad: current ?? null,
    fields: stored === null ? [] : parsed<StoredField[]>(stored),
    rows: loadRows ?? 0,
    bytes: loadBytes ?? 0,
    lastPosition: lastPosition ?? 0,
    limits,
  };
};

/** The data that the named dataset has now, and how much of it there may be. */
export const currentData = (): Read<Current> =>
  readSql(
    {
      text: `select ${limitsAndData} from settings s left join dataset_loads l on l.number = ${currentLoad}`,
      values: {},
    },
    toCurrent,
  );

/** How the bytes of an upload are to become data. */
export interface Beginning {
  readonly uploadId: string;
  /** Whether the id was given out before: then it must be one that its maker has not used. */
  readonly given: boolean;
  readonly append: boolean;
  readonly format: string | null;
  /** How many bytes are said to come. */
  readonly bytesTotal: number | null;
}

type Values = Beginning & { readonly [K in "expires" | "until"]: number };

const named = "from uploads where id = :uploadId";
const isOwn = guard<Values>(`not :given or (select user_id ${named}) = ${me}`);
const isUnused = guard<Values>(`not :given or (select status = 'waiting' and expires_at > :now ${named})`);
const fits = guard<Values>("coalesce(:bytesTotal <= (select dataset_bytes from settings where id = 1), true)");
const isFree = guard<Values>(`not :append or not exists (select 1 from dataset_loads
  where number = ${currentLoad} and loading_until > :now)`);

/** Those whose server has died do not count: their lease runs out. */
const isOneOfFew = guard<Values>(`(select count(*) from uploads u join dataset_loads l on l.number = u.load_number
  where u.user_id = ${me} and u.status = 'loading' and l.loading_until > :now) < ${mostLoadsOfUser}`);
const tooManyOfUser = () =>
  new StewardError("rate_limited", {
    message: `You have ${mostLoadsOfUser} uploads under way: wait for one of them, or cancel it`,
    retryAfter: 30,
  });

/** Appending writes behind the data itself; without data, and when it is replaced, there is a new load. */
const appends = `(:append and ${currentLoad} is not null)`;
const newLoad = rawWrite<Values>(`insert into dataset_loads (dataset_id, fields, loading_until, created_at)
  select ${datasetId}, '[]', :until, :now where not ${appends}`);
const takenLoad = rawWrite<Values>(
  `update dataset_loads set loading_until = :until where number = ${currentLoad} and ${appends}`,
);
/** Whoever appended before and has let its time run out does not come back. */
export const lateOnes = rawWrite<
  Pick<Values, "append">
>(`update uploads set status = 'failed', error = 'It took too long to get on',
    finished_at = :now, updated_at = :now, version = version + 1
  where dataset_id = ${datasetId} and load_number = ${currentLoad} and status = 'loading' and ${appends}`);
const loadOfUpload = `iif(${appends}, ${currentLoad}, (select max(number) from dataset_loads))`;
const newUpload =
  rawWrite<Values>(`insert into uploads (id, user_id, dataset_id, load_number, status, format, bytes_total,
    started_at, expires_at, created_at, updated_at)
  select :uploadId, ${me}, ${datasetId}, ${loadOfUpload}, 'loading', :format, :bytesTotal, :now, :expires, :now, :now
  where not :given`);
const usedUpload = rawWrite<Values>(`update uploads set dataset_id = ${datasetId}, load_number = ${loadOfUpload},
    status = 'loading', format = :format, bytes_total = :bytesTotal, started_at = :now, updated_at = :now, version = version + 1
  where id = :uploadId and :given`);

const begun = (uploadId: string): Read<Begun> =>
  readSql(
    {
      text: `select u.load_number, ${limitsAndData} from settings s cross join uploads u on u.id = :uploadId
        left join dataset_loads l on l.number = u.load_number`,
      values: { uploadId },
    },
    ([loadNumber, ...rest]) => ({ loadNumber: loadNumber as number, ...toCurrent(rest) }),
  );

const day = 24 * 60 * 60 * 1000;
/** How long an upload may wait for its bytes, in milliseconds. */
export const waitsFor = day;

/** The steps that begin an upload; the last one answers with what there is. */
export function beginning(given: Beginning, now: Date): readonly [...Step[], Read<Begun>] {
  const values = { ...given, expires: now.getTime() + waitsFor, until: now.getTime() + lease };
  return [
    isOwn(values, new StewardError("not_found")),
    isUnused(values, conflict("This upload has been used already, holds a file, or has expired: make a new one")),
    fits(values, new StewardError("too_large", { message: "That is more than the setting `datasetBytes` allows" })),
    isFree(values, conflict("Something else is being added to this dataset: try again when that is over")),
    isOneOfFew(values, tooManyOfUser()),
    newLoad(values),
    takenLoad(values),
    lateOnes(values),
    newUpload(values),
    usedUpload(values),
    begun(given.uploadId),
  ];
}

export const conflict = (message: string) => new StewardError("conflict", { message });
