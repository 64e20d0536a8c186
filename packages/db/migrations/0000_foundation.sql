CREATE TABLE `access` (
	`assistant_id` text NOT NULL,
	`principal_id` text NOT NULL,
	`level` integer NOT NULL,
	`number` integer NOT NULL,
	`sort_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`assistant_id`, `principal_id`),
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `access_by_name` ON `access` (`principal_id`,`sort_name`,`assistant_id`,`number`);--> statement-breakpoint
CREATE INDEX `access_by_creation` ON `access` (`principal_id`,`created_at`,`assistant_id`);--> statement-breakpoint
CREATE INDEX `access_by_update` ON `access` (`principal_id`,`updated_at`,`assistant_id`);--> statement-breakpoint
CREATE TABLE `assistants` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`owner_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`description` text,
	`instructions` text,
	`instructions_hidden` integer DEFAULT false NOT NULL,
	`welcome` text,
	`suggestions` text NOT NULL,
	`model_id` text,
	`model_settings` text,
	`dispatcher` integer DEFAULT false NOT NULL,
	`embedded` integer DEFAULT false NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`data` text,
	`folder_id` text,
	`editing_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`created_by` text,
	`updated_by` text,
	FOREIGN KEY (`owner_id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assistants_by_id` ON `assistants` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `assistants_by_owner_and_slug` ON `assistants` (`owner_id`,`slug`);--> statement-breakpoint
CREATE INDEX `assistants_by_owner_and_name` ON `assistants` (`owner_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `assistants_dispatchers` ON `assistants` (`sort_name`,`id`) WHERE dispatcher;--> statement-breakpoint
CREATE TABLE `audit` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`user_id` text,
	`token_id` text,
	`operation` text NOT NULL,
	`subject` text
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`subject`,`number`);--> statement-breakpoint
CREATE INDEX `audit_by_user` ON `audit` (`user_id`,`number`);--> statement-breakpoint
CREATE TABLE `favorites` (
	`user_id` text NOT NULL,
	`assistant_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `assistant_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `favorites_by_assistant` ON `favorites` (`assistant_id`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`user_id` text NOT NULL,
	`team_id` text NOT NULL,
	`role` text NOT NULL,
	`level` integer GENERATED ALWAYS AS (case "role" when 'admin' then 3 when 'publisher' then 2 when 'designer' then 2 when 'dataWizard' then 2 else 1 end) STORED NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `team_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `memberships_by_user` ON `memberships` (`user_id`,`team_id`,`level`);--> statement-breakpoint
CREATE INDEX `memberships_by_team` ON `memberships` (`team_id`,`user_id`);--> statement-breakpoint
CREATE TABLE `principals` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`display_name` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `principals_by_name` ON `principals` (`name`);--> statement-breakpoint
CREATE INDEX `principals_by_kind` ON `principals` (`kind`,`name`);--> statement-breakpoint
CREATE INDEX `principals_by_display_name` ON `principals` ("display_name" collate nocase,`name`);--> statement-breakpoint
CREATE TABLE `seats` (
	`user_id` text PRIMARY KEY NOT NULL,
	`expires_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`address` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_by_hash` ON `sessions` (`hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `shares` (
	`assistant_id` text NOT NULL,
	`principal_id` text NOT NULL,
	`level` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`created_by` text,
	PRIMARY KEY(`assistant_id`, `principal_id`),
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`principal_id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `shares_by_principal` ON `shares` (`principal_id`);--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`resets_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sign_in_attempts_by_reset` ON `sign_in_attempts` (`resets_at`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`description` text,
	FOREIGN KEY (`id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`hash` text NOT NULL,
	`hint` text NOT NULL,
	`user_id` text NOT NULL,
	`type` text NOT NULL,
	`assistant_id` text,
	`notes` text,
	`read_only` integer DEFAULT false NOT NULL,
	`scopes` integer,
	`data` text,
	`expires_at` integer,
	`last_used_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_by_hash` ON `tokens` (`hash`);--> statement-breakpoint
CREATE INDEX `tokens_by_user` ON `tokens` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `tokens_by_assistant` ON `tokens` (`assistant_id`,`id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`role` text NOT NULL,
	`grants` integer DEFAULT 0 NOT NULL,
	`permissions` integer GENERATED ALWAYS AS (case when "role" = 'admin' or "grants" & 32 then 63 when "role" = 'creator' then 7 | "grants" else "grants" end) STORED NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`password_hash` text,
	FOREIGN KEY (`id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE VIEW `credentials` AS 
  select hash, user_id, expires_at, id as session_id, null as token_id, 7 as scopes, null as assistant_id, 3 as max_level
  from sessions
  union all
  select hash, user_id, coalesce(expires_at, 9007199254740991), null, id,
    coalesce(scopes, 7) & iif(read_only, 1, 7), assistant_id,
    iif(read_only or not coalesce(scopes, 7) & 4, 1, iif(type = 'assistant', 2, 3))
  from tokens;