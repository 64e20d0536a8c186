-- The words of passages. Those of row `n` of `library_documents` have the ids from `n << 20` on, in the order of the
-- document's embeddings. A term is the library's number in ten digits and the word, so that a search reads nothing but its own
-- library; that all begin alike lets the index know words by their first two and three letters too.
CREATE VIRTUAL TABLE `passage_search` USING fts5(
  terms, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '12 13'
);
--> statement-breakpoint
-- `blobs.uses` counts the rows that name a blob; nothing but these triggers writes it. Who names one that is not there fails.
CREATE TRIGGER `assistant_files_after_insert` AFTER INSERT ON `assistant_files` BEGIN
  SELECT raise(ABORT, 'no such blob') WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.hash;
  INSERT INTO documents (hash, format, status, created_at, updated_at)
    SELECT new.hash, new.format, 'pending', new.updated_at, new.updated_at WHERE new.format IS NOT NULL
    ON CONFLICT (hash, format) DO UPDATE SET status = 'pending', error = NULL, updated_at = excluded.updated_at
      WHERE status = 'gone';
  INSERT INTO library_documents (library, document_number)
    SELECT coalesce(o.number, a.number), d.number FROM documents d CROSS JOIN assistants a ON a.id = new.assistant_id
      LEFT JOIN assistants o ON o.id = a.editing_id
    WHERE d.hash = new.hash AND d.format = new.format
    ON CONFLICT (library, document_number) DO NOTHING;
  INSERT INTO jobs (kind, subject, status, run_at, created_at, updated_at)
    SELECT 'read', d.number, 'waiting', new.updated_at, new.updated_at, new.updated_at FROM documents d
    WHERE d.hash = new.hash AND d.format = new.format AND d.status = 'pending'
    ON CONFLICT DO NOTHING;
  INSERT INTO jobs (kind, subject, status, run_at, created_at, updated_at)
    SELECT 'index', l.library || ':' || l.document_number, 'waiting', new.updated_at, new.updated_at, new.updated_at
    FROM documents d CROSS JOIN library_documents l ON l.document_number = d.number AND NOT l.complete
    WHERE d.hash = new.hash AND d.format = new.format AND d.status = 'read'
    ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER `assistant_files_after_update` AFTER UPDATE OF `hash`, `format` ON `assistant_files`
WHEN new.hash <> old.hash OR new.format IS NOT old.format BEGIN
  SELECT raise(ABORT, 'no such blob') WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.hash;
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.hash;
  UPDATE library_documents SET stale = 1
    WHERE document_number = (SELECT number FROM documents WHERE hash = old.hash AND format = old.format);
  INSERT INTO documents (hash, format, status, created_at, updated_at)
    SELECT new.hash, new.format, 'pending', new.updated_at, new.updated_at WHERE new.format IS NOT NULL
    ON CONFLICT (hash, format) DO UPDATE SET status = 'pending', error = NULL, updated_at = excluded.updated_at
      WHERE status = 'gone';
  INSERT INTO library_documents (library, document_number)
    SELECT coalesce(o.number, a.number), d.number FROM documents d CROSS JOIN assistants a ON a.id = new.assistant_id
      LEFT JOIN assistants o ON o.id = a.editing_id
    WHERE d.hash = new.hash AND d.format = new.format
    ON CONFLICT (library, document_number) DO NOTHING;
  INSERT INTO jobs (kind, subject, status, run_at, created_at, updated_at)
    SELECT 'read', d.number, 'waiting', new.updated_at, new.updated_at, new.updated_at FROM documents d
    WHERE d.hash = new.hash AND d.format = new.format AND d.status = 'pending'
    ON CONFLICT DO NOTHING;
  INSERT INTO jobs (kind, subject, status, run_at, created_at, updated_at)
    SELECT 'index', l.library || ':' || l.document_number, 'waiting', new.updated_at, new.updated_at, new.updated_at
    FROM documents d CROSS JOIN library_documents l ON l.document_number = d.number AND NOT l.complete
    WHERE d.hash = new.hash AND d.format = new.format AND d.status = 'read'
    ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
-- Which library it was cannot be told here any more when its assistant has gone with it: so all that have the document are looked at.
CREATE TRIGGER `assistant_files_after_delete` AFTER DELETE ON `assistant_files` BEGIN
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.hash;
  UPDATE library_documents SET stale = 1
    WHERE document_number = (SELECT number FROM documents WHERE hash = old.hash AND format = old.format);
END;
--> statement-breakpoint
-- What has been read is found in every library that has it.
CREATE TRIGGER `documents_after_reading` AFTER UPDATE OF `status` ON `documents`
WHEN new.status = 'read' AND old.status <> 'read' BEGIN
  UPDATE library_documents SET complete = 0, indexed_position = 0 WHERE document_number = new.number;
  INSERT INTO jobs (kind, subject, status, run_at, created_at, updated_at)
    SELECT 'index', l.library || ':' || l.document_number, 'waiting', new.updated_at, new.updated_at, new.updated_at
    FROM library_documents l WHERE l.document_number = new.number
    ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER `blobs_after_delete` AFTER DELETE ON `blobs` BEGIN
  UPDATE documents SET status = 'gone' WHERE hash = old.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `embeddings_after_insert` AFTER INSERT ON `embeddings` WHEN new.hash IS NOT NULL BEGIN
  SELECT raise(ABORT, 'no such blob') WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `embeddings_after_delete` AFTER DELETE ON `embeddings` WHEN old.hash IS NOT NULL BEGIN
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `images_after_insert` AFTER INSERT ON `images` BEGIN
  SELECT raise(ABORT, 'no such blob') WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `images_after_delete` AFTER DELETE ON `images` BEGIN
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_hash_after_update` AFTER UPDATE OF `hash` ON `uploads` WHEN new.hash IS NOT old.hash BEGIN
  SELECT raise(ABORT, 'no such blob')
    WHERE new.hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.hash;
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `uploads_hash_after_delete` AFTER DELETE ON `uploads` WHEN old.hash IS NOT NULL BEGIN
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.hash;
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_icon_after_insert` AFTER INSERT ON `assistants` WHEN new.icon_hash IS NOT NULL BEGIN
  SELECT raise(ABORT, 'no such blob') WHERE NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.icon_hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.icon_hash;
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_icon_after_update` AFTER UPDATE OF `icon_hash` ON `assistants`
WHEN new.icon_hash IS NOT old.icon_hash BEGIN
  SELECT raise(ABORT, 'no such blob')
    WHERE new.icon_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM blobs WHERE hash = new.icon_hash);
  UPDATE blobs SET uses = uses + 1 WHERE hash = new.icon_hash;
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.icon_hash;
END;
--> statement-breakpoint
CREATE TRIGGER `assistants_icon_after_delete` AFTER DELETE ON `assistants` WHEN old.icon_hash IS NOT NULL BEGIN
  UPDATE blobs SET uses = uses - 1 WHERE hash = old.icon_hash;
END;
--> statement-breakpoint
-- What an older state consists of can be brought back, and so its bytes are kept as well.
CREATE TRIGGER `revisions_after_insert` AFTER INSERT ON `revisions` BEGIN
  UPDATE blobs SET uses = uses + 1 WHERE hash IN (
    SELECT value ->> 'hash' FROM json_each(new.content, '$.files') UNION SELECT new.content ->> 'iconHash');
END;
--> statement-breakpoint
CREATE TRIGGER `revisions_after_delete` AFTER DELETE ON `revisions` BEGIN
  UPDATE blobs SET uses = uses - 1 WHERE hash IN (
    SELECT value ->> 'hash' FROM json_each(old.content, '$.files') UNION SELECT old.content ->> 'iconHash');
END;
--> statement-breakpoint
-- What an assistant consists of has another kind of part and an icon: the revisions that there are say that they have none, in
-- the order in which the core writes them, for two states are the same when their texts are.
UPDATE revisions SET content = json_set(
  json_remove(content, '$.skills', '$.references', '$.secrets', '$.knowledge'), '$.iconHash', null, '$.iconType', null,
  '$.skills', json(content -> '$.skills'), '$.references', json(content -> '$.references'),
  '$.secrets', json(content -> '$.secrets'), '$.knowledge', json(content -> '$.knowledge'), '$.files', json('[]'));
