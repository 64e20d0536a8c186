CREATE TABLE `dataset_access` (
	`dataset_id` text NOT NULL,
	`principal_id` text NOT NULL,
	`level` integer NOT NULL,
	`number` integer NOT NULL,
	`sort_name` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`dataset_id`, `principal_id`),
	FOREIGN KEY (`dataset_id`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `dataset_access_by_name` ON `dataset_access` (`principal_id`,`sort_name`,`dataset_id`,`number`);--> statement-breakpoint
CREATE INDEX `dataset_access_by_creation` ON `dataset_access` (`principal_id`,`created_at`,`dataset_id`);--> statement-breakpoint
CREATE INDEX `dataset_access_by_update` ON `dataset_access` (`principal_id`,`updated_at`,`dataset_id`);--> statement-breakpoint
CREATE TABLE `dataset_loads` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dataset_id` text NOT NULL,
	`fields` text NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`last_position` integer DEFAULT 0 NOT NULL,
	`indexed_position` integer DEFAULT 0 NOT NULL,
	`loading_until` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dataset_loads_by_dataset` ON `dataset_loads` (`dataset_id`);--> statement-breakpoint
CREATE TABLE `dataset_shares` (
	`dataset_id` text NOT NULL,
	`principal_id` text NOT NULL,
	`level` integer NOT NULL,
	`filter` text,
	`visible_fields` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`created_by` text,
	PRIMARY KEY(`dataset_id`, `principal_id`),
	FOREIGN KEY (`dataset_id`) REFERENCES `datasets`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`principal_id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `dataset_shares_by_principal` ON `dataset_shares` (`principal_id`);--> statement-breakpoint
CREATE TABLE `datasets` (
	`number` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`owner_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`description` text,
	`load_number` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`created_by` text,
	`updated_by` text,
	FOREIGN KEY (`owner_id`) REFERENCES `principals`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `datasets_by_id` ON `datasets` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `datasets_by_owner_and_slug` ON `datasets` (`owner_id`,`slug`);--> statement-breakpoint
CREATE INDEX `datasets_by_owner_and_name` ON `datasets` (`owner_id`,`sort_name`,`id`);--> statement-breakpoint
CREATE INDEX `datasets_by_load` ON `datasets` (`load_number`);--> statement-breakpoint
CREATE TABLE `assistant_datasets` (
	`id` text PRIMARY KEY NOT NULL,
	`assistant_id` text NOT NULL,
	`origin_id` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`dataset_id` text NOT NULL,
	`mode` text NOT NULL,
	`filter` text,
	`sample_size` integer,
	`access` text NOT NULL,
	FOREIGN KEY (`assistant_id`) REFERENCES `assistants`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assistant_datasets_by_dataset` ON `assistant_datasets` (`assistant_id`,`dataset_id`);--> statement-breakpoint
CREATE INDEX `assistant_datasets_by_assistant` ON `assistant_datasets` (`assistant_id`,`id`);--> statement-breakpoint
CREATE INDEX `assistant_datasets_of_dataset` ON `assistant_datasets` (`dataset_id`,`id`);--> statement-breakpoint
CREATE TABLE `uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`dataset_id` text,
	`load_number` integer,
	`status` text NOT NULL,
	`format` text,
	`bytes_read` integer DEFAULT 0 NOT NULL,
	`bytes_total` integer,
	`rows_read` integer DEFAULT 0 NOT NULL,
	`rows_rejected` integer DEFAULT 0 NOT NULL,
	`rejected` text DEFAULT '[]' NOT NULL,
	`error` text,
	`started_at` integer,
	`finished_at` integer,
	`expires_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `uploads_by_user` ON `uploads` (`user_id`,`id`);--> statement-breakpoint
CREATE INDEX `uploads_by_dataset` ON `uploads` (`dataset_id`,`id`);--> statement-breakpoint
CREATE INDEX `uploads_by_expiry` ON `uploads` (`expires_at`);--> statement-breakpoint
ALTER TABLE `settings` ADD `dataset_fields` integer DEFAULT 500 NOT NULL;--> statement-breakpoint
ALTER TABLE `settings` ADD `dataset_field_length` integer DEFAULT 32768 NOT NULL;--> statement-breakpoint
ALTER TABLE `settings` ADD `dataset_rows` integer DEFAULT 5000000 NOT NULL;--> statement-breakpoint
ALTER TABLE `settings` ADD `dataset_bytes` integer DEFAULT 2147483648 NOT NULL;