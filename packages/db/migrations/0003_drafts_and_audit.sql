-- The triggers of 0001 again, for now there are drafts: they are in no list and no search, and follow their original.
DROP TRIGGER `assistants_after_insert`;
--> statement-breakpoint
DROP TRIGGER `assistants_after_update`;
--> statement-breakpoint
DROP TRIGGER `assistants_after_delete`;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_insert` AFTER INSERT ON `assistants` WHEN new.editing_id IS NULL BEGIN
  INSERT INTO access (assistant_id, principal_id, level, number, sort_name, created_at, updated_at)
    VALUES (new.id, new.owner_id, 4, new.number, new.sort_name, new.created_at, new.updated_at),
           (new.id, '*', 4, new.number, new.sort_name, new.created_at, new.updated_at);
  INSERT INTO assistant_search (rowid, name, slug, description, principals)
    VALUES (new.number, new.name, new.slug, new.description, replace(new.owner_id, '-', '') || ' superusers');
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
  DELETE FROM assistant_search WHERE rowid = old.number
    AND (new.name, new.slug, new.description, new.owner_id) IS NOT (old.name, old.slug, old.description, old.owner_id);
  INSERT INTO assistant_search (rowid, name, slug, description, principals)
    SELECT number, name, slug, description, principals FROM assistant_search_source WHERE number = new.number
    AND (new.name, new.slug, new.description, new.owner_id) IS NOT (old.name, old.slug, old.description, old.owner_id);
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_after_delete` AFTER DELETE ON `assistants` WHEN old.editing_id IS NULL BEGIN
  DELETE FROM assistant_search WHERE rowid = old.number;
  DELETE FROM assistants WHERE editing_id = old.id;
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
CREATE TRIGGER `audit_before_update` BEFORE UPDATE ON `audit`
  WHEN old.hash IS NOT NULL OR (new.number, new.at, new.user_id, new.token_id, new.operation, new.subject, new.details)
    IS NOT (old.number, old.at, old.user_id, old.token_id, old.operation, old.subject, old.details)
BEGIN SELECT raise(ABORT, 'The audit trail is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_before_delete` BEFORE DELETE ON `audit`
BEGIN SELECT raise(ABORT, 'The audit trail is append-only'); END;
