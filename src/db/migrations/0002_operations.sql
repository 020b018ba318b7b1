CREATE TABLE "lane_order" (
	"agency" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lane_report" (
	"worker" text NOT NULL,
	"agency" text NOT NULL,
	"state" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "lane_report_worker_agency_pk" PRIMARY KEY("worker","agency")
);
--> statement-breakpoint
CREATE TABLE "replay" (
	"id" text PRIMARY KEY NOT NULL,
	"digest" text NOT NULL,
	"request" text NOT NULL,
	"left_out" integer NOT NULL,
	"shown_at" timestamp with time zone NOT NULL,
	"key" text,
	"body_hash" text,
	"reason" text,
	"by" text,
	"confirmed_at" timestamp with time zone,
	CONSTRAINT "replay_digest_unique" UNIQUE("digest"),
	CONSTRAINT "replay_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "replay_filing" (
	"replay_id" text NOT NULL,
	"position" integer NOT NULL,
	"filing_id" text NOT NULL,
	"declaration_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"instant" timestamp with time zone NOT NULL,
	"bytes" text,
	"outcome" text,
	"detail" text,
	CONSTRAINT "replay_filing_replay_id_filing_id_pk" PRIMARY KEY("replay_id","filing_id")
);
--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "hastened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "order_told" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mailbox" ADD COLUMN "failed_at" timestamp with time zone;--> statement-breakpoint
-- Orders that waiting submissions' timelines do not tell of yet.
CREATE INDEX "delivery_untold" ON "delivery" ("lane") WHERE "order_told" < 0;
--> statement-breakpoint
-- Filings a person must look at: blocked, by a refusal of another filing or by trouble of our own.
CREATE INDEX "filing_blocked" ON "filing" ("updated_at") WHERE "status" = 'blocked';
--> statement-breakpoint
-- Documents that could not be understood and belong to nobody.
CREATE INDEX "message_stray" ON "message" ("id") WHERE "filing_id" IS NULL AND "error" IS NOT NULL;
--> statement-breakpoint
-- What went out in a time range. Messages are written in the order of their time: a range index over blocks costs nearly nothing.
CREATE INDEX "message_at" ON "message" USING brin ("at");
