CREATE TABLE "api_key" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"tenant" text,
	"agency" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "declaration" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"functional_reference_id" text NOT NULL,
	"direction" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"plan" text NOT NULL,
	"event_count" integer NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"accepted_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declaration_version" (
	"declaration_id" text NOT NULL,
	"version" integer NOT NULL,
	"media_type" text NOT NULL,
	"raw" text NOT NULL,
	"document" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "declaration_version_declaration_id_version_pk" PRIMARY KEY("declaration_id","version")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"filing_id" text PRIMARY KEY NOT NULL,
	"lane" text NOT NULL,
	"attempt" integer NOT NULL,
	"instant" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"unknown" boolean DEFAULT false NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "event" (
	"declaration_id" text NOT NULL,
	"number" integer NOT NULL,
	"type" text NOT NULL,
	"filing_id" text,
	"data" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "event_declaration_id_number_pk" PRIMARY KEY("declaration_id","number")
);
--> statement-breakpoint
CREATE TABLE "filing" (
	"id" text PRIMARY KEY NOT NULL,
	"declaration_id" text NOT NULL,
	"position" smallint NOT NULL,
	"agency" text NOT NULL,
	"procedure" text NOT NULL,
	"serial" integer NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"status" text NOT NULL,
	"rank" smallint NOT NULL,
	"holds" text[] DEFAULT '{}' NOT NULL,
	"pending" text,
	"unknown" boolean DEFAULT false NOT NULL,
	"particulars" text,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "filing_reference" (
	"agency" text NOT NULL,
	"scheme" text NOT NULL,
	"value" text NOT NULL,
	"filing_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "filing_reference_agency_scheme_value_filing_id_pk" PRIMARY KEY("agency","scheme","value","filing_id")
);
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"tenant" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"status" integer NOT NULL,
	"body" text NOT NULL,
	"location" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "idempotency_tenant_key_pk" PRIMARY KEY("tenant","key")
);
--> statement-breakpoint
CREATE TABLE "mailbox" (
	"agency" text PRIMARY KEY NOT NULL,
	"cursor" text DEFAULT '0' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"error" text
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"filing_id" text,
	"agency" text NOT NULL,
	"attempt" integer,
	"kind" text NOT NULL,
	"method" text,
	"path" text,
	"status" integer,
	"content_type" text,
	"body" text,
	"error" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipt" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"agency" text NOT NULL,
	"filing_id" text,
	"attempt" integer,
	"message_id" bigint,
	"digest" text NOT NULL,
	"at" timestamp with time zone,
	"status" text,
	"code" text NOT NULL,
	"content" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "serial" (
	"agency" text PRIMARY KEY NOT NULL,
	"next" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "declaration_reference" ON "declaration" USING btree ("tenant","functional_reference_id");--> statement-breakpoint
CREATE INDEX "declaration_tenant" ON "declaration" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("lane","due_at");--> statement-breakpoint
CREATE INDEX "filing_declaration" ON "filing" USING btree ("declaration_id","position");--> statement-breakpoint
CREATE INDEX "filing_reference_filing" ON "filing_reference" USING btree ("filing_id");--> statement-breakpoint
CREATE INDEX "message_filing" ON "message" USING btree ("filing_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "receipt_digest" ON "receipt" USING btree ("agency","digest");--> statement-breakpoint
CREATE INDEX "receipt_filing" ON "receipt" USING btree ("filing_id","id");--> statement-breakpoint
CREATE INDEX "receipt_message" ON "receipt" USING btree ("message_id");--> statement-breakpoint
-- Documents are written once and read whole: not compressing them costs a third of the CPU that compressing does.
ALTER TABLE "declaration" ALTER COLUMN "plan" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "declaration_version" ALTER COLUMN "raw" SET STORAGE EXTERNAL, ALTER COLUMN "document" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "idempotency" ALTER COLUMN "body" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "message" ALTER COLUMN "body" SET STORAGE EXTERNAL;
--> statement-breakpoint
-- A row that is updated several times soon after it was written stays on its page.
ALTER TABLE "filing" SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE "delivery" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);
--> statement-breakpoint
-- Filings an agency still owes us something on: what a mailbox is polled for.
CREATE INDEX "filing_outstanding" ON "filing" ("agency") WHERE "rank" BETWEEN 20 AND 60;
--> statement-breakpoint
-- Receipts nobody knows: shown to the operator, tried again while they are young.
CREATE INDEX "receipt_orphan" ON "receipt" ("agency", "received_at") WHERE "filing_id" IS NULL;
--> statement-breakpoint
-- What was said and sent is never changed. (Learning whom a receipt speaks of is not a change of what was said.)
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "message" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "declaration_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE DELETE ON "receipt" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_words" BEFORE UPDATE ON "receipt" FOR EACH ROW
  WHEN (OLD.filing_id IS NOT NULL OR (NEW.agency, NEW.message_id, NEW.digest, NEW.at, NEW.status, NEW.code, NEW.content, NEW.received_at)
    IS DISTINCT FROM (OLD.agency, OLD.message_id, OLD.digest, OLD.at, OLD.status, OLD.code, OLD.content, OLD.received_at))
  EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "message" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "declaration_version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "receipt" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
