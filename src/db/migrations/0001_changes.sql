CREATE TABLE "change" (
	"id" text PRIMARY KEY NOT NULL,
	"declaration_id" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"before" integer NOT NULL,
	"reason" text NOT NULL,
	"plan" text NOT NULL,
	"outcome" text,
	"at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "deadline" (
	"filing_id" text NOT NULL,
	"id" text NOT NULL,
	"declaration_id" text NOT NULL,
	"what" text NOT NULL,
	"remind_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"told" text,
	"next_at" timestamp with time zone,
	CONSTRAINT "deadline_filing_id_id_pk" PRIMARY KEY("filing_id","id")
);
--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "occasion" text DEFAULT 'plan' NOT NULL;--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "change_id" text;--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "changes" text;--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "covers" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "change_declaration" ON "change" USING btree ("declaration_id","id");--> statement-breakpoint
CREATE INDEX "deadline_next" ON "deadline" USING btree ("next_at");--> statement-breakpoint
-- One change of a declaration at a time.
CREATE UNIQUE INDEX "change_open" ON "change" ("declaration_id") WHERE outcome IS NULL;--> statement-breakpoint
CREATE INDEX "filing_covers" ON "filing" USING gin ("covers") WHERE covers <> '{}';
