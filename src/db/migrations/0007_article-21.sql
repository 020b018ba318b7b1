CREATE TABLE "rule_version" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"rule_table" text NOT NULL,
	"valid_from" date NOT NULL,
	"source" text NOT NULL,
	"evidence" text NOT NULL,
	"note" text,
	"rows" text NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "gates" text;--> statement-breakpoint
CREATE INDEX "rule_version_table" ON "rule_version" USING btree ("rule_table","valid_from","id");--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "rule_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "rule_version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
