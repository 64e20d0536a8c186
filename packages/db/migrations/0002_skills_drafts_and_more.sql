CREATE TABLE `assistant_tags` (
	`assistant_id` text NOT NULL,
	`tag_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`assistant_id`, `tag_id`),
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`tag_id`) REFERENCES `tags`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `assistant_tags_by_tag` ON `assistant_tags` (`tag_id`,`assistant_id`);--> statement-breakpoint
CREATE TABLE `comments` (
	`id` text PRIMARY KEY NOT NULL,
	`assistant_id` text NOT NULL,
	`parent_id` text,
	`user_id` text,
	`message` text NOT NULL,
	`mentions` text NOT NULL,
	`editors_only` integer DEFAULT false NOT NULL,
	`resolved_at` integer,
	`resolved_by` text,
	`edited_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent_id`) REFERENCES `comments`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `comments_by_assistant` ON `comments` (`assistant_id`,`parent_id`,`id`);--> statement-breakpoint
CREATE INDEX `comments_by_parent` ON `comments` (`parent_id`,`id`);--> statement-breakpoint
CREATE INDEX `comments_by_user` ON `comments` (`user_id`);--> statement-breakpoint
CREATE TABLE `folders` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`parent_id` text,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `folders_by_parent_and_name` ON `folders` (`parent_id`,`sort_name`) WHERE parent_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `folders_by_owner_and_name` ON `folders` (`owner_id`,`sort_name`) WHERE parent_id is null;--> statement-breakpoint
CREATE INDEX `folders_by_owner` ON `folders` (`owner_id`,`id`);--> statement-breakpoint
CREATE TABLE `idempotent_requests` (
	`user_id` text NOT NULL,
	`operation` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`rows` text,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `operation`, `key`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `idempotent_requests_by_expiry` ON `idempotent_requests` (`expires_at`);--> statement-breakpoint
CREATE TABLE `assistant_references` (
	`id` text PRIMARY KEY NOT NULL,
	`assistant_id` text NOT NULL,
	`origin_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`description` text,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `assistant_references_by_assistant` ON `assistant_references` (`assistant_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `assistant_references_by_target` ON `assistant_references` (`assistant_id`,`target_id`);--> statement-breakpoint
CREATE TABLE `revisions` (
	`assistant_id` text NOT NULL,
	`number` integer NOT NULL,
	`content` text NOT NULL,
	`message` text,
	`operation` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	PRIMARY KEY(`assistant_id`, `number`),
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `secrets` (
	`id` text PRIMARY KEY NOT NULL,
	`assistant_id` text NOT NULL,
	`origin_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`lineage` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`ciphertext` text NOT NULL,
	`key_id` text NOT NULL,
	`allowed_hosts` text NOT NULL,
	`value_changed_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `secrets_by_name` ON `secrets` (`assistant_id`,`name`);--> statement-breakpoint
CREATE INDEX `secrets_by_key` ON `secrets` (`key_id`,`id`);--> statement-breakpoint
CREATE TABLE `settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`ai_enabled` integer DEFAULT true NOT NULL,
	`share_policy` text DEFAULT 'anyone' NOT NULL,
	`revision_retention` integer DEFAULT 100 NOT NULL,
	`session_days` integer DEFAULT 30 NOT NULL,
	`custom_skill_hosts` text DEFAULT '[]' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text
);
--> statement-breakpoint
CREATE TABLE `skills` (
	`id` text PRIMARY KEY NOT NULL,
	`assistant_id` text NOT NULL,
	`origin_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`enabled` integer DEFAULT true NOT NULL,
	`data` text NOT NULL,
	`dataset_id` text,
	`datasource_id` text,
	`report_id` text,
	`query_id` text,
	`template_id` text,
	`integration_id` text,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `skills_by_assistant` ON `skills` (`assistant_id`,`id`);--> statement-breakpoint
CREATE TABLE `tags` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`created_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tags_by_name` ON `tags` (`sort_name`);--> statement-breakpoint
ALTER TABLE `assistants` ADD `base_revision` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `assistants_by_original` ON `assistants` (`editing_id`) WHERE editing_id is not null;--> statement-breakpoint
CREATE INDEX `assistants_by_folder` ON `assistants` (`folder_id`) WHERE folder_id is not null;--> statement-breakpoint
ALTER TABLE `audit` ADD `assistant_id` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `revision` integer;--> statement-breakpoint
ALTER TABLE `audit` ADD `details` text;--> statement-breakpoint
ALTER TABLE `audit` ADD `hash` text;--> statement-breakpoint
CREATE INDEX `audit_by_assistant` ON `audit` (`assistant_id`,`number`) WHERE assistant_id is not null;--> statement-breakpoint
CREATE INDEX `audit_by_operation` ON `audit` (`operation`,`number`);--> statement-breakpoint
CREATE INDEX `audit_by_time` ON `audit` (`at`);--> statement-breakpoint
CREATE INDEX `audit_unsealed` ON `audit` (`number`) WHERE hash is null;--> statement-breakpoint
ALTER TABLE `tokens` ADD `restrict` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `host` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `cidr` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `first_address` text;--> statement-breakpoint
ALTER TABLE `tokens` ADD `last_address` text;--> statement-breakpoint
DROP VIEW `credentials`;--> statement-breakpoint
CREATE VIEW `credentials` AS 
  select hash, user_id, expires_at, id as session_id, null as token_id, 7 as scopes, null as assistant_id, 3 as max_level,
    null as first_address, null as last_address, null as last_used_at
  from sessions
  union all
  select hash, user_id, coalesce(expires_at, 9007199254740991), null, id,
    coalesce(scopes, 7) & iif(read_only, 1, 7), assistant_id,
    iif(read_only or not coalesce(scopes, 7) & 4, 1, iif(type = 'assistant', 2, 3)), first_address, last_address, last_used_at
  from tokens;