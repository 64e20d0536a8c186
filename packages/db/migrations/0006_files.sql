CREATE TABLE `blobs` (
	`hash` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`size` integer NOT NULL,
	`uses` integer DEFAULT 0 NOT NULL,
	`missing` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `blobs_by_key` ON `blobs` (`key`);--> statement-breakpoint
CREATE INDEX `blobs_unused` ON `blobs` (`created_at`) WHERE uses = 0;--> statement-breakpoint
CREATE TABLE `documents` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`hash` text NOT NULL,
	`format` text NOT NULL,
	`status` text NOT NULL,
	`error` text,
	`pages` integer,
	`chunks` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_by_hash` ON `documents` (`hash`,`format`);--> statement-breakpoint
CREATE INDEX `documents_gone` ON `documents` (`number`) WHERE status = 'gone';--> statement-breakpoint
CREATE TABLE `embeddings` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`page` integer,
	`sheet` text,
	`heading` text,
	`start` integer,
	`end` integer,
	`text` text,
	`hash` text,
	`content_type` text,
	`width` integer,
	`height` integer
);
--> statement-breakpoint
CREATE INDEX `embeddings_by_hash` ON `embeddings` (`hash`) WHERE hash is not null;--> statement-breakpoint
CREATE TABLE `assistant_files` (
	`id` text PRIMARY KEY NOT NULL,
	`assistant_id` text NOT NULL,
	`origin_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`hash` text NOT NULL,
	`format` text,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assistant_files_by_name` ON `assistant_files` (`assistant_id`,`filename`);--> statement-breakpoint
CREATE INDEX `assistant_files_by_assistant` ON `assistant_files` (`assistant_id`,`id`);--> statement-breakpoint
CREATE INDEX `assistant_files_by_hash` ON `assistant_files` (`hash`,`format`);--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`assistant_id` text,
	`prompt` text NOT NULL,
	`model` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`hash` text NOT NULL,
	`content_type` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `images_by_user` ON `images` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `images_by_assistant` ON `images` (`assistant_id`,`id`) WHERE assistant_id is not null;--> statement-breakpoint
CREATE TABLE `jobs` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`total` integer,
	`run_at` integer NOT NULL,
	`lease_until` integer,
	`worker` text,
	`error` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_by_subject` ON `jobs` (`kind`,`subject`) WHERE status in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`run_at`) WHERE status in ('waiting', 'running');--> statement-breakpoint
CREATE INDEX `jobs_over` ON `jobs` (`updated_at`) WHERE status in ('done', 'dead');--> statement-breakpoint
CREATE TABLE `library_documents` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`library` integer NOT NULL,
	`document_number` integer NOT NULL,
	`indexed_position` integer DEFAULT 0 NOT NULL,
	`complete` integer DEFAULT false NOT NULL,
	`stale` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `library_documents_by_library` ON `library_documents` (`library`,`document_number`);--> statement-breakpoint
CREATE INDEX `library_documents_by_document` ON `library_documents` (`document_number`);--> statement-breakpoint
CREATE INDEX `library_documents_stale` ON `library_documents` (`number`) WHERE stale;--> statement-breakpoint
CREATE TABLE `vectors` (
	`embedding_id` integer NOT NULL,
	`model` text NOT NULL,
	`vector` blob NOT NULL,
	PRIMARY KEY(`embedding_id`, `model`),
	FOREIGN KEY (`embedding_id`) REFERENCES `embeddings`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `assistants` ADD `icon_hash` text;--> statement-breakpoint
ALTER TABLE `assistants` ADD `icon_type` text;--> statement-breakpoint
ALTER TABLE `settings` ADD `file_bytes` integer DEFAULT 262144000 NOT NULL;--> statement-breakpoint
ALTER TABLE `settings` ADD `assistant_files` integer DEFAULT 1000 NOT NULL;--> statement-breakpoint
ALTER TABLE `uploads` ADD `hash` text;--> statement-breakpoint
ALTER TABLE `uploads` ADD `filename` text;--> statement-breakpoint
ALTER TABLE `uploads` ADD `content_type` text;