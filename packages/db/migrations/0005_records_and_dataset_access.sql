-- The records of all datasets. A load's records have the ids from (its number << 26) + 1 on, in their order, so that they lie
-- together and a scan of them reads nothing else. The slots have no type: SQLite stores in each what it is given (text, whole
-- numbers, reals; dates as milliseconds, booleans as 0 and 1). What has no slot lies in `more`, an object of JSON by the
-- number of its slot; there, under `r` and that number, lies also how a value was written where it would be printed otherwise.
CREATE TABLE `records` (
	`id` integer PRIMARY KEY NOT NULL,
	`s1`, `s2`, `s3`, `s4`, `s5`, `s6`, `s7`, `s8`, `s9`, `s10`, `s11`, `s12`,
	`s13`, `s14`, `s15`, `s16`, `s17`, `s18`, `s19`, `s20`, `s21`, `s22`, `s23`, `s24`,
	`more` text
);
--> statement-breakpoint
-- The words of the fields of text, under the record's id. A term is the load's number in nine digits, the slot's in four, and
-- the word, so that a search reads nothing but the fields that it may look into; that all begin alike lets the index know
-- words by their first two and three letters too. Made in the background from `records`.
CREATE VIRTUAL TABLE `record_search` USING fts5(
  terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '15 16'
);
--> statement-breakpoint
-- `dataset_access` is derived from datasets and their shares; nothing but these triggers writes it. One trigger an event.
CREATE TRIGGER `datasets_after_insert` AFTER INSERT ON `datasets` BEGIN
  INSERT INTO dataset_access (dataset_id, principal_id, level, number, sort_name, created_at, updated_at)
    VALUES (new.id, new.owner_id, 4, new.number, new.sort_name, new.created_at, new.updated_at),
           (new.id, '*', 4, new.number, new.sort_name, new.created_at, new.updated_at);
END;
--> statement-breakpoint
CREATE TRIGGER `datasets_after_update` AFTER UPDATE ON `datasets` BEGIN
  DELETE FROM dataset_shares WHERE new.owner_id <> old.owner_id AND dataset_id = new.id AND principal_id = new.owner_id;
  UPDATE dataset_access SET principal_id = new.owner_id
    WHERE new.owner_id <> old.owner_id AND dataset_id = new.id AND principal_id = old.owner_id;
  UPDATE dataset_access SET sort_name = new.sort_name, created_at = new.created_at, updated_at = new.updated_at
    WHERE dataset_id = new.id AND (sort_name, created_at, updated_at) <> (new.sort_name, new.created_at, new.updated_at);
END;
--> statement-breakpoint
CREATE TRIGGER `dataset_shares_after_insert` AFTER INSERT ON `dataset_shares` BEGIN
  INSERT INTO dataset_access (dataset_id, principal_id, level, number, sort_name, created_at, updated_at)
    SELECT id, new.principal_id, new.level, number, sort_name, created_at, updated_at FROM datasets WHERE id = new.dataset_id;
END;
--> statement-breakpoint
CREATE TRIGGER `dataset_shares_after_update` AFTER UPDATE OF `level` ON `dataset_shares` BEGIN
  UPDATE dataset_access SET level = new.level WHERE dataset_id = new.dataset_id AND principal_id = new.principal_id;
END;
--> statement-breakpoint
CREATE TRIGGER `dataset_shares_after_delete` AFTER DELETE ON `dataset_shares` BEGIN
  DELETE FROM dataset_access WHERE dataset_id = old.dataset_id AND principal_id = old.principal_id AND level < 4;
END;
--> statement-breakpoint
-- What an assistant consists of has another kind of part: the revisions that there are say that they have none of it.
UPDATE revisions SET content = json_set(content, '$.knowledge', json('[]'));
