CREATE TABLE "assessment_finding" (
	"round" text NOT NULL,
	"number" integer NOT NULL,
	"rule" text NOT NULL,
	"level" text NOT NULL,
	"fee" text,
	"kind" text,
	"port" text,
	"payee" text,
	"reply" text,
	"replied_by" text,
	"replied_at" timestamp with time zone,
	"decision" text,
	"remark" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "assessment_finding_round_number_pk" PRIMARY KEY("round","number")
);
--> statement-breakpoint
CREATE TABLE "assessment_round" (
	"id" text PRIMARY KEY NOT NULL,
	"quarter" text,
	"title" text NOT NULL,
	"period_from" date NOT NULL,
	"period_to" date NOT NULL,
	"edition" integer,
	"status" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"input_digest" text,
	"report" text,
	"report_digest" text,
	"trouble" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"computed_at" timestamp with time zone,
	"replies_until" date,
	"published_at" timestamp with time zone,
	"published_by" text,
	CONSTRAINT "assessment_round_quarter_unique" UNIQUE("quarter")
);
--> statement-breakpoint
CREATE TABLE "bill_check" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"bill" text NOT NULL,
	"findings" text NOT NULL,
	"edition" integer NOT NULL,
	"port" text NOT NULL,
	"payee" text,
	"issued_on" date NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bill_check_line" (
	"check_id" text NOT NULL,
	"line" integer NOT NULL,
	"verdict" text NOT NULL,
	"fee" text,
	"kind" text,
	"port" text NOT NULL,
	"payee" text,
	"issued_on" date NOT NULL,
	"charged" numeric(18, 2) NOT NULL,
	"most" numeric(18, 2),
	"over" numeric(18, 2) NOT NULL,
	CONSTRAINT "bill_check_line_check_id_line_pk" PRIMARY KEY("check_id","line")
);
--> statement-breakpoint
CREATE TABLE "catalogue_key" (
	"public_key" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "catalogue_revision" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"entry_id" text NOT NULL,
	"content" text NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "catalogue_draft" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"reason" text NOT NULL,
	"payee" text,
	"base" integer NOT NULL,
	"status" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"valid_from" date NOT NULL,
	"author" text NOT NULL,
	"author_key" text NOT NULL,
	"contributors" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"remark" text,
	"edition" integer
);
--> statement-breakpoint
CREATE TABLE "catalogue_draft_change" (
	"draft_id" text NOT NULL,
	"type" text NOT NULL,
	"entry_id" text NOT NULL,
	"content" text,
	"reason" text,
	"import_id" text,
	"row" integer,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "catalogue_draft_change_draft_id_type_entry_id_pk" PRIMARY KEY("draft_id","type","entry_id")
);
--> statement-breakpoint
CREATE TABLE "catalogue_edition" (
	"number" integer PRIMARY KEY NOT NULL,
	"draft_id" text NOT NULL,
	"title" text NOT NULL,
	"reason" text NOT NULL,
	"announced_at" timestamp with time zone NOT NULL,
	"notice_until" date NOT NULL,
	"valid_from" date NOT NULL,
	"drafted_by" text NOT NULL,
	"approved_by" text NOT NULL,
	"entries" integer NOT NULL,
	"previous_digest" text,
	"digest" text NOT NULL,
	"signature" text NOT NULL,
	"signing_key" text NOT NULL,
	"withdrawn_at" timestamp with time zone,
	"withdrawn_from" date,
	"withdrawn_by" text,
	"withdrawn_because" text,
	"in_force_told_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "catalogue_comment" (
	"id" text PRIMARY KEY NOT NULL,
	"edition" integer NOT NULL,
	"fee" text,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp with time zone,
	"hidden_because" text,
	"hidden_by" text,
	"hidden_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "catalogue_edition_entry" (
	"edition" integer NOT NULL,
	"type" text NOT NULL,
	"entry_id" text NOT NULL,
	"revision_id" bigint NOT NULL,
	CONSTRAINT "catalogue_edition_entry_edition_type_entry_id_pk" PRIMARY KEY("edition","type","entry_id")
);
--> statement-breakpoint
CREATE TABLE "fee_complaint" (
	"number" text PRIMARY KEY NOT NULL,
	"check_id" text NOT NULL,
	"tenant" text NOT NULL,
	"payee" text NOT NULL,
	"payee_tenant" text,
	"port" text NOT NULL,
	"lines" integer[] NOT NULL,
	"amount" numeric(18, 2) NOT NULL,
	"status" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"filed_at" timestamp with time zone NOT NULL,
	"due_on" date NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "fee_complaint_step" (
	"number" text NOT NULL,
	"step" integer NOT NULL,
	"what" text NOT NULL,
	"by" text NOT NULL,
	"text" text NOT NULL,
	"data" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "fee_complaint_step_number_step_pk" PRIMARY KEY("number","step")
);
--> statement-breakpoint
CREATE TABLE "fee_import" (
	"id" text PRIMARY KEY NOT NULL,
	"draft_id" text NOT NULL,
	"file_name" text NOT NULL,
	"media_type" text NOT NULL,
	"file" "bytea",
	"file_digest" text NOT NULL,
	"status" text NOT NULL,
	"run" integer DEFAULT 0 NOT NULL,
	"rows_total" integer,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"fees_kept" integer DEFAULT 0 NOT NULL,
	"rows_refused" integer DEFAULT 0 NOT NULL,
	"trouble" text,
	"by" text NOT NULL,
	"by_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "fee_import_issue" (
	"import_id" text NOT NULL,
	"number" integer NOT NULL,
	"row" integer NOT NULL,
	"column" text NOT NULL,
	"code" text NOT NULL,
	"detail" text NOT NULL,
	"detail_zh" text NOT NULL,
	CONSTRAINT "fee_import_issue_import_id_number_pk" PRIMARY KEY("import_id","number")
);
--> statement-breakpoint
CREATE INDEX "assessment_finding_payee" ON "assessment_finding" USING btree ("payee","round");--> statement-breakpoint
CREATE INDEX "assessment_round_status" ON "assessment_round" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "bill_check_tenant" ON "bill_check" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "bill_check_issued" ON "bill_check" USING btree ("issued_on");--> statement-breakpoint
CREATE INDEX "bill_check_line_issued" ON "bill_check_line" USING btree ("issued_on","payee");--> statement-breakpoint
CREATE UNIQUE INDEX "catalogue_revision_content" ON "catalogue_revision" USING btree ("type","entry_id","digest");--> statement-breakpoint
CREATE INDEX "catalogue_draft_status" ON "catalogue_draft" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "catalogue_comment_edition" ON "catalogue_comment" USING btree ("edition","id");--> statement-breakpoint
CREATE INDEX "catalogue_edition_entry_history" ON "catalogue_edition_entry" USING btree ("type","entry_id","edition");--> statement-breakpoint
CREATE INDEX "fee_complaint_tenant" ON "fee_complaint" USING btree ("tenant","number");--> statement-breakpoint
CREATE INDEX "fee_complaint_payee" ON "fee_complaint" USING btree ("payee","number");--> statement-breakpoint
CREATE INDEX "fee_complaint_payee_tenant" ON "fee_complaint" USING btree ("payee_tenant","number");--> statement-breakpoint
CREATE INDEX "fee_complaint_check" ON "fee_complaint" USING btree ("check_id");--> statement-breakpoint
CREATE INDEX "fee_complaint_open" ON "fee_complaint" USING btree ("due_on") WHERE closed_at IS NULL;--> statement-breakpoint
CREATE INDEX "fee_import_draft" ON "fee_import" USING btree ("draft_id","id");--> statement-breakpoint
-- Read in slices: uncompressed, each is where it is looked for.
ALTER TABLE "fee_import" ALTER COLUMN "file" SET STORAGE EXTERNAL;
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "catalogue_revision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "catalogue_edition_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "fee_complaint_step" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE DELETE ON "catalogue_edition" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- Of an edition only its withdrawal, once, and what was told of it are written later.
CREATE TRIGGER "append_only_words" BEFORE UPDATE ON "catalogue_edition" FOR EACH ROW
  WHEN (OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at, NEW.withdrawn_from, NEW.withdrawn_by, NEW.withdrawn_because)
      IS DISTINCT FROM (OLD.withdrawn_at, OLD.withdrawn_from, OLD.withdrawn_by, OLD.withdrawn_because)
    OR (NEW.number, NEW.draft_id, NEW.title, NEW.reason, NEW.announced_at, NEW.notice_until, NEW.valid_from, NEW.drafted_by, NEW.approved_by,
      NEW.entries, NEW.previous_digest, NEW.digest, NEW.signature, NEW.signing_key)
    IS DISTINCT FROM (OLD.number, OLD.draft_id, OLD.title, OLD.reason, OLD.announced_at, OLD.notice_until, OLD.valid_from, OLD.drafted_by, OLD.approved_by,
      OLD.entries, OLD.previous_digest, OLD.digest, OLD.signature, OLD.signing_key))
  EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "catalogue_revision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "catalogue_edition" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "catalogue_edition_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "fee_complaint_step" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
