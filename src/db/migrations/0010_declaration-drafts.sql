CREATE TABLE "declaration_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"title" text,
	"document" text NOT NULL,
	"guesses" text NOT NULL,
	"particulars" text,
	"reason" text,
	"functional_reference_id" text,
	"direction" text,
	"items" integer NOT NULL,
	"guess_count" integer NOT NULL,
	"declaration_id" text,
	"purpose" text,
	"version" integer,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declaration_draft_outcome" (
	"draft_id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"declaration_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "declaration_draft_tenant" ON "declaration_draft" USING btree ("tenant","id");