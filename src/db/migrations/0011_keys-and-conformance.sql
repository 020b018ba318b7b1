CREATE TABLE "conformance_document" (
	"run_id" text NOT NULL,
	"format" text NOT NULL,
	"language" text NOT NULL,
	"content" text NOT NULL,
	CONSTRAINT "conformance_document_run_id_format_language_pk" PRIMARY KEY("run_id","format","language")
);
--> statement-breakpoint
CREATE TABLE "conformance_report" (
	"run_id" text NOT NULL,
	"target" text NOT NULL,
	"scenarios" integer NOT NULL,
	"conformant" integer NOT NULL,
	"not_conformant" integer NOT NULL,
	"not_applicable" integer NOT NULL,
	"complete" boolean NOT NULL,
	"report" text NOT NULL,
	CONSTRAINT "conformance_report_run_id_target_pk" PRIMARY KEY("run_id","target")
);
--> statement-breakpoint
CREATE TABLE "conformance_run" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text,
	"by" text NOT NULL,
	"what" text NOT NULL,
	"targets" text[] NOT NULL,
	"url" text,
	"status" text DEFAULT 'waiting' NOT NULL,
	"trouble" text,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "api_key_step" (
	"key_id" text NOT NULL,
	"number" integer NOT NULL,
	"what" text NOT NULL,
	"by" text,
	"by_key" text,
	"data" text DEFAULT '{}' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "api_key_step_key_id_number_pk" PRIMARY KEY("key_id","number")
);
--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "id" text DEFAULT '00' || upper(substr(md5(gen_random_uuid()::text), 1, 18)) NOT NULL;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "hint" text;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "created_by" text;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "last_used_on" date;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_key" ADD COLUMN "replaces" text;--> statement-breakpoint
CREATE INDEX "conformance_run_tenant" ON "conformance_run" USING btree ("tenant","id");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_id" ON "api_key" USING btree ("id");--> statement-breakpoint
CREATE INDEX "api_key_holder" ON "api_key" USING btree ("role","tenant");--> statement-breakpoint
CREATE UNIQUE INDEX "api_key_replaces" ON "api_key" USING btree ("replaces");--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "api_key_step" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "api_key_step" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
