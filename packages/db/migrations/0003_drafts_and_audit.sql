-- The triggers and the search of 0001 again. For now there are drafts, which are in no list and no search and follow their
-- original; and a search is to touch nothing that its caller may not see, so each of its terms begins with who may find it.
DROP TRIGGER `assistants_after_insert`;
--> statement-breakpoint
DROP TRIGGER `assistants_after_update`;
--> statement-breakpoint
DROP TRIGGER `assistants_after_delete`;
--> statement-breakpoint
DROP TRIGGER `shares_after_insert`;
--> statement-breakpoint
DROP TRIGGER `shares_after_delete`;
--> statement-breakpoint
DROP VIEW `assistant_search_source`;
--> statement-breakpoint
DROP TABLE `assistant_search`;
--> statement-breakpoint
-- Splits what is indexed and what is searched alike: `SELECT token FROM words WHERE input = ...`.
CREATE VIRTUAL TABLE `words` USING fts3tokenize('unicode61', 'remove_diacritics=2');
--> statement-breakpoint
-- How the index calls principals; 0 are the superusers. Like an id, a number is never used again.
CREATE TABLE `principal_numbers` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`principal_id` text NOT NULL UNIQUE
);
--> statement-breakpoint
INSERT INTO principal_numbers (number, principal_id) VALUES (0, '*');
--> statement-breakpoint
INSERT INTO principal_numbers (principal_id) SELECT id FROM principals ORDER BY id;
--> statement-breakpoint
CREATE TRIGGER `principals_after_insert` AFTER INSERT ON `principals` BEGIN
  INSERT INTO principal_numbers (principal_id) VALUES (new.id);
END;
--> statement-breakpoint
CREATE TRIGGER `principals_after_delete` AFTER DELETE ON `principals` BEGIN
  DELETE FROM principal_numbers WHERE principal_id = old.id;
END;
--> statement-breakpoint
-- An assistant has one entry, under its number, for its owner and the superusers, and one for each share, under the
-- number of the principal in the bits from 40 on. A term is the principal's number, an x and the word. The tokenizer
-- must not split again, and takes whatever is not ASCII for a letter.
CREATE VIRTUAL TABLE `assistant_search` USING fts5(
  terms, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
--> statement-breakpoint
CREATE VIEW `assistant_words` AS
  SELECT a.number, a.id, a.owner_id, ' ' || group_concat(w.token, ' ') AS words
  FROM assistants a CROSS JOIN words w ON w.input = a.name || ' ' || a.slug || ' ' || coalesce(a.description, '')
  WHERE a.editing_id IS NULL GROUP BY a.number;
--> statement-breakpoint
-- What is to be indexed of each assistant. To be asked by its number alone, lest the words of all be gathered.
CREATE VIEW `assistant_search_source` AS
  SELECT w.number, w.number AS entry, replace(w.words, ' ', ' 0x') || replace(w.words, ' ', ' ' || n.number || 'x') AS terms
  FROM assistant_words w CROSS JOIN principal_numbers n ON n.principal_id = w.owner_id
  UNION ALL
  SELECT w.number, (n.number << 40) + w.number, replace(w.words, ' ', ' ' || n.number || 'x')
  FROM assistant_words w CROSS JOIN access x ON x.assistant_id = w.id AND x.level < 4
    CROSS JOIN principal_numbers n ON n.principal_id = x.principal_id;
--> statement-breakpoint
INSERT INTO assistant_search (rowid, terms) SELECT entry, terms FROM assistant_search_source ORDER BY entry;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_insert` AFTER INSERT ON `assistants` WHEN new.editing_id IS NULL BEGIN
  INSERT INTO access (assistant_id, principal_id, level, number, sort_name, created_at, updated_at)
    VALUES (new.id, new.owner_id, 4, new.number, new.sort_name, new.created_at, new.updated_at),
           (new.id, '*', 4, new.number, new.sort_name, new.created_at, new.updated_at);
  INSERT INTO assistant_search (rowid, terms)
    SELECT new.number, replace(w.words, ' ', ' 0x') || replace(w.words, ' ', ' ' || n.number || 'x')
    FROM (SELECT ' ' || group_concat(token, ' ') AS words FROM words
        WHERE input = new.name || ' ' || new.slug || ' ' || coalesce(new.description, '')) w
      CROSS JOIN principal_numbers n ON n.principal_id = new.owner_id;
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_update` AFTER UPDATE ON `assistants` WHEN new.editing_id IS NULL BEGIN
  UPDATE assistants SET owner_id = new.owner_id, slug = new.slug || '-draft'
    WHERE editing_id = new.id AND (new.owner_id, new.slug) <> (old.owner_id, old.slug);
  DELETE FROM shares WHERE new.owner_id <> old.owner_id AND assistant_id = new.id AND principal_id = new.owner_id;
  UPDATE access SET principal_id = new.owner_id
    WHERE new.owner_id <> old.owner_id AND assistant_id = new.id AND principal_id = old.owner_id;
  UPDATE access SET sort_name = new.sort_name, created_at = new.created_at, updated_at = new.updated_at
    WHERE assistant_id = new.id AND (sort_name, created_at, updated_at) <> (new.sort_name, new.created_at, new.updated_at);
END;
--> statement-breakpoint
-- Apart from the one above, so that a change of anything else does not come here; it does not matter which runs first.
-- A new owner changes but the entry of the owner.
CREATE TRIGGER `assistants_after_rename` AFTER UPDATE OF `name`, `slug`, `description`, `owner_id` ON `assistants`
  WHEN new.editing_id IS NULL
    AND (new.name, new.slug, new.description, new.owner_id) IS NOT (old.name, old.slug, old.description, old.owner_id)
BEGIN
  DELETE FROM assistant_search WHERE rowid IN (
    SELECT new.number UNION ALL SELECT (n.number << 40) + new.number
    FROM access x CROSS JOIN principal_numbers n ON n.principal_id = x.principal_id
    WHERE x.assistant_id = new.id AND x.level < 4
      AND (new.name, new.slug, new.description) IS NOT (old.name, old.slug, old.description));
  INSERT INTO assistant_search (rowid, terms) SELECT entry, terms FROM assistant_search_source
    WHERE number = new.number
      AND (entry = new.number OR (new.name, new.slug, new.description) IS NOT (old.name, old.slug, old.description))
    ORDER BY entry;
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_delete` AFTER DELETE ON `assistants` WHEN old.editing_id IS NULL BEGIN
  DELETE FROM assistant_search WHERE rowid = old.number;
  DELETE FROM assistants WHERE editing_id = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_after_insert` AFTER INSERT ON `shares` BEGIN
  INSERT INTO access (assistant_id, principal_id, level, number, sort_name, created_at, updated_at)
    SELECT id, new.principal_id, new.level, number, sort_name, created_at, updated_at FROM assistants WHERE id = new.assistant_id;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_after_delete` AFTER DELETE ON `shares` BEGIN
  DELETE FROM access WHERE assistant_id = old.assistant_id AND principal_id = old.principal_id AND level < 4;
END;
--> statement-breakpoint
-- By `access` rather than `shares`, for it has the assistant's number also when the assistant itself is gone.
CREATE TRIGGER `access_after_insert` AFTER INSERT ON `access` WHEN new.level < 4 BEGIN
  INSERT INTO assistant_search (rowid, terms)
    SELECT (n.number << 40) + w.number, replace(w.words, ' ', ' ' || n.number || 'x')
    FROM assistant_words w CROSS JOIN principal_numbers n ON n.principal_id = new.principal_id
    WHERE w.number = new.number;
END;
--> statement-breakpoint
CREATE TRIGGER `access_after_delete` AFTER DELETE ON `access` WHEN old.level < 4 BEGIN
  DELETE FROM assistant_search
    WHERE rowid = (SELECT number << 40 FROM principal_numbers WHERE principal_id = old.principal_id) + old.number;
END;
--> statement-breakpoint
INSERT INTO settings (id, tenant_id, updated_at)
  VALUES (1, lower(hex(randomblob(16))), cast(unixepoch('subsec') * 1000 as integer));
--> statement-breakpoint
-- So that what was there before there were revisions can be restored as well.
INSERT INTO revisions (assistant_id, number, content, operation, created_at, created_by)
  SELECT id, version, json_object('name', name, 'sortName', sort_name, 'description', description,
    'instructions', instructions, 'instructionsHidden', json(iif(instructions_hidden, 'true', 'false')),
    'welcome', welcome, 'suggestions', json(suggestions), 'modelId', model_id, 'modelSettings', json(model_settings),
    'dispatcher', json(iif(dispatcher, 'true', 'false')), 'embedded', json(iif(embedded, 'true', 'false')),
    'enabled', json(iif(enabled, 'true', 'false')), 'data', json(data),
    'skills', json('[]'), 'references', json('[]'), 'secrets', json('[]')), 'assistants.update', updated_at, updated_by
  FROM assistants;
--> statement-breakpoint
-- What happened before there was this column belongs to an assistant's activity as well.
UPDATE audit SET assistant_id = subject WHERE subject IN (SELECT id FROM assistants);
--> statement-breakpoint
CREATE TRIGGER `audit_before_update` BEFORE UPDATE ON `audit`
  WHEN old.hash IS NOT NULL
    OR (new.number, new.at, new.user_id, new.token_id, new.operation, new.subject, new.assistant_id, new.revision, new.details)
    IS NOT (old.number, old.at, old.user_id, old.token_id, old.operation, old.subject, old.assistant_id, old.revision, old.details)
BEGIN SELECT raise(ABORT, 'The audit trail is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_before_delete` BEFORE DELETE ON `audit`
BEGIN SELECT raise(ABORT, 'The audit trail is append-only'); END;
