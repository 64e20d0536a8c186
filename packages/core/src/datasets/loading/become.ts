import { me } from "../../access.ts";
import type { Step } from "../../context.ts";
import { guard, rawWrite, versionIs } from "../../statement.ts";
import { conflict, currentLoad, datasetId } from "./begin.ts";
import type { Loaded } from "./order.ts";

interface Load {
  readonly load: number;
}
interface Grown extends Load {
  readonly rows: number;
  readonly bytes: number;
  readonly behind: number;
  readonly position: number;
}

const isCurrent = guard<{ load: number | null }>(`${currentLoad} is :load`);
/** That the dataset's data is still this load, or still none. */
export const stillCurrent = (load: number | null) =>
  isCurrent({ load }, conflict("The data was replaced meanwhile: read it, and try again"));

const unchanged = versionIs(`(select version from datasets where id = ${datasetId})`);

/** Nobody else writes behind the data of the dataset. */
export const nobodyAppends = () =>
  free({}, conflict("Something else is being added to this dataset: try again when that is over"));
const free = guard(`not exists (select 1 from dataset_loads where number = ${currentLoad} and loading_until > :now)`);

const filled = rawWrite<Grown & { fields: string }>(`update dataset_loads set fields = :fields, rows = :rows,
    bytes = :bytes, last_position = :position, loading_until = null where number = :load`);
/** A lease that is over says that something may lie behind: the background looks, see remove.ts. */
const grown = rawWrite<Grown>(`update dataset_loads set rows = rows + :rows, bytes = bytes + :bytes,
    last_position = :position, loading_until = iif(loading_until is null, null, 0) where number = :load and last_position = :behind`);
const behindStill = guard<Grown>("(select last_position from dataset_loads where number = :load) = :behind");
const pointed = rawWrite<{ load: number | null }>(
  `update datasets set load_number = coalesce(:load, (select max(number) from dataset_loads)), version = version + 1, updated_at = :now, updated_by = ${me} where id = ${datasetId}`,
);

/** Makes a load, or the newest, the dataset's data: whoever reads has the old data before, and all of the new behind. */
export const becomesData = (load: number | null): Step => pointed({ load });

/** Makes records behind the data part of it. */
export const growsBy = (growth: Grown): readonly Step[] => [
  behindStill(growth, conflict("Something else was added meanwhile: try again")),
  grown(growth),
  pointed(growth),
];

const isLoading = guard<{ uploadId: string }>(`(select status from uploads where id = :uploadId) = 'loading'`);
const finished = rawWrite<{
  uploadId: string;
  format: string;
  bytesRead: number;
  rowsRead: number;
  rowsRejected: number;
  rejected: string;
}>(`update uploads set status = 'done', format = :format, bytes_read = :bytesRead,
    bytes_total = :bytesRead, rows_read = :rowsRead,
    rows_rejected = :rowsRejected, rejected = :rejected, finished_at = :now, updated_at = :now, version = version + 1
  where id = :uploadId`);

export interface Becoming {
  readonly uploadId: string;
  readonly load: number;
  /** The data as it was when the upload began, and where it ended; null where it does not matter. */
  readonly onto: { readonly load: number | null; readonly behind: number } | null;
  readonly expectedVersion: number | undefined;
}

/** The steps by which all that an upload has loaded becomes data at once. */
export function becoming({ uploadId, load, onto, expectedVersion }: Becoming, loaded: Loaded): readonly Step[] {
  const { format, bytesRead, rowsRead, rowsRejected, rows, lastPosition: position } = loaded;
  const growth = { load, rows, bytes: bytesRead, behind: onto?.behind ?? 0, position };
  const done = { uploadId, format, bytesRead, rowsRead, rowsRejected, rejected: JSON.stringify(loaded.rejected) };
  return [
    isLoading({ uploadId }, conflict("The upload was cancelled: nothing of it was taken")),
    unchanged({ expectedVersion }),
    ...(onto ? [stillCurrent(onto.load)] : []),
    ...(onto && onto.load !== null
      ? growsBy(growth)
      : [filled({ ...growth, fields: JSON.stringify(loaded.fields) }), becomesData(load)]),
    finished(done),
  ];
}
