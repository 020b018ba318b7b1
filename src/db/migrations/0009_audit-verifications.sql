CREATE TABLE "audit_verification" (
	"id" text PRIMARY KEY NOT NULL,
	"declaration_id" text,
	"pinned_key" text,
	"pinned_seal" text,
	"status" text NOT NULL,
	"checked" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"found" text,
	"by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "audit_verification_status" ON "audit_verification" USING btree ("status");--> statement-breakpoint
CREATE INDEX "filing_silent" ON "filing" USING btree ("updated_at") WHERE rank BETWEEN 20 AND 50;