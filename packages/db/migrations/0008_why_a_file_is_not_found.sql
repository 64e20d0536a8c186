ALTER TABLE `library_documents` ADD `error` text;
--> statement-breakpoint
-- Whoever makes a new job of it, there is hope again.
CREATE TRIGGER `jobs_after_insert` AFTER INSERT ON `jobs` WHEN new.kind = 'index' BEGIN
  UPDATE library_documents SET error = NULL
  WHERE library = cast(new.subject AS integer)
    AND document_number = cast(substr(new.subject, instr(new.subject, ':') + 1) AS integer);
END;
--> statement-breakpoint
UPDATE library_documents SET error = 'It could not be indexed: ask an administrator about job ' || (
    SELECT max(number) FROM jobs WHERE kind = 'index' AND subject = library || ':' || document_number)
  WHERE NOT complete AND 'dead' = (
    SELECT status FROM jobs WHERE kind = 'index' AND subject = library || ':' || document_number ORDER BY number DESC LIMIT 1);
