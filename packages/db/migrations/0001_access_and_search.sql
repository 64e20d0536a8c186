-- `access` and `assistant_search` are derived from assistants and shares; nothing but these triggers writes them.
-- One trigger an event: SQLite does not say in which order two of them would run.
-- Full text over what a reader may read of an assistant, and who may read it: a search starts from both at once.
CREATE VIRTUAL TABLE `assistant_search` USING fts5(
  name, slug, description, principals,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
--> statement-breakpoint
-- What is to be indexed of each assistant, by the number the index knows it by.
CREATE VIEW `assistant_search_source` AS
  SELECT number, id, name, slug, description,
    (SELECT group_concat(iif(x.principal_id = '*', 'superusers', replace(x.principal_id, '-', '')), ' ')
     FROM access x WHERE x.assistant_id = assistants.id) AS principals
  FROM assistants;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_insert` AFTER INSERT ON `assistants` BEGIN
  INSERT INTO access (assistant_id, principal_id, level, number, sort_name, created_at, updated_at)
    VALUES (new.id, new.owner_id, 4, new.number, new.sort_name, new.created_at, new.updated_at),
           (new.id, '*', 4, new.number, new.sort_name, new.created_at, new.updated_at);
  INSERT INTO assistant_search (rowid, name, slug, description, principals)
    VALUES (new.number, new.name, new.slug, new.description, replace(new.owner_id, '-', '') || ' superusers');
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_update` AFTER UPDATE ON `assistants` BEGIN
  DELETE FROM shares WHERE new.owner_id <> old.owner_id AND assistant_id = new.id AND principal_id = new.owner_id;
  UPDATE access SET principal_id = new.owner_id
    WHERE new.owner_id <> old.owner_id AND assistant_id = new.id AND principal_id = old.owner_id;
  UPDATE access SET sort_name = new.sort_name, created_at = new.created_at, updated_at = new.updated_at
    WHERE assistant_id = new.id AND (sort_name, created_at, updated_at) <> (new.sort_name, new.created_at, new.updated_at);
  DELETE FROM assistant_search WHERE rowid = old.number
    AND (new.name, new.slug, new.description, new.owner_id) IS NOT (old.name, old.slug, old.description, old.owner_id);
  INSERT INTO assistant_search (rowid, name, slug, description, principals)
    SELECT number, name, slug, description, principals FROM assistant_search_source WHERE number = new.number
    AND (new.name, new.slug, new.description, new.owner_id) IS NOT (old.name, old.slug, old.description, old.owner_id);
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_delete` AFTER DELETE ON `assistants` BEGIN
  DELETE FROM assistant_search WHERE rowid = old.number;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_after_insert` AFTER INSERT ON `shares` BEGIN
  INSERT INTO access (assistant_id, principal_id, level, number, sort_name, created_at, updated_at)
    SELECT id, new.principal_id, new.level, number, sort_name, created_at, updated_at FROM assistants WHERE id = new.assistant_id;
  DELETE FROM assistant_search WHERE rowid = (SELECT number FROM assistants WHERE id = new.assistant_id);
  INSERT INTO assistant_search (rowid, name, slug, description, principals)
    SELECT number, name, slug, description, principals FROM assistant_search_source WHERE id = new.assistant_id;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_after_update` AFTER UPDATE OF `level` ON `shares` BEGIN
  UPDATE access SET level = new.level WHERE assistant_id = new.assistant_id AND principal_id = new.principal_id;
END;
--> statement-breakpoint
CREATE TRIGGER `shares_after_delete` AFTER DELETE ON `shares` BEGIN
  DELETE FROM access WHERE assistant_id = old.assistant_id AND principal_id = old.principal_id AND level < 4;
  DELETE FROM assistant_search WHERE rowid = (SELECT number FROM assistants WHERE id = old.assistant_id);
  INSERT INTO assistant_search (rowid, name, slug, description, principals)
    SELECT number, name, slug, description, principals FROM assistant_search_source WHERE id = old.assistant_id;
END;
