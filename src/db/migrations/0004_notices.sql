CREATE TABLE "feed" (
	"position" bigint PRIMARY KEY NOT NULL,
	"source_id" text NOT NULL,
	"number" integer NOT NULL,
	"tenant" text NOT NULL,
	"type" text NOT NULL,
	"data" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "feed_head" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"position" bigint NOT NULL,
	"transaction" "xid8" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"endpoint_id" text NOT NULL,
	"source_id" text NOT NULL,
	"number" integer NOT NULL,
	"type" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"data" text,
	"status" text DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"step" smallint DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notice_tally" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"delivered" bigint DEFAULT 0 NOT NULL,
	"failed" bigint DEFAULT 0 NOT NULL,
	"exhausted" bigint DEFAULT 0 NOT NULL,
	"disabled" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_try" (
	"notice_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"status" smallint,
	"latency_ms" integer NOT NULL,
	"excerpt" text,
	"error" text,
	CONSTRAINT "notice_try_notice_id_number_pk" PRIMARY KEY("notice_id","number")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoint" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"url" text NOT NULL,
	"description" text,
	"types" text[] NOT NULL,
	"enabled" boolean NOT NULL,
	"disabled_because" text,
	"disabled_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failing_since" timestamp with time zone,
	"rest_until" timestamp with time zone,
	"event_count" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhook_secret" (
	"endpoint_id" text NOT NULL,
	"number" integer NOT NULL,
	"sealed" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	CONSTRAINT "webhook_secret_endpoint_id_number_pk" PRIMARY KEY("endpoint_id","number")
);
--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "feed_event" ON "feed" USING btree ("source_id","number");--> statement-breakpoint
CREATE INDEX "feed_tenant" ON "feed" USING btree ("tenant","position");--> statement-breakpoint
CREATE INDEX "feed_tenant_at" ON "feed" USING btree ("tenant","at");--> statement-breakpoint
CREATE UNIQUE INDEX "notice_event" ON "notice" USING btree ("endpoint_id","source_id","number");--> statement-breakpoint
CREATE INDEX "notice_log" ON "notice" USING btree ("endpoint_id","id");--> statement-breakpoint
CREATE INDEX "notice_waiting" ON "notice" USING btree ("endpoint_id","due_at","id") WHERE status = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_endpoint_tenant" ON "webhook_endpoint" USING btree ("tenant","id");--> statement-breakpoint
CREATE INDEX "event_transaction" ON "event" USING btree ("transaction");--> statement-breakpoint
-- What happened so far comes first, in the order of its time; the feed goes on with whatever transaction may still be under way.
INSERT INTO "feed" ("position", "source_id", "number", "tenant", "type", "at")
  SELECT row_number() OVER (ORDER BY event.at, event.declaration_id, event.number), event.declaration_id, event.number, declaration.tenant, event.type, event.at
  FROM "event" JOIN "declaration" ON declaration.id = event.declaration_id;
--> statement-breakpoint
INSERT INTO "feed_head" ("position", "transaction")
  SELECT coalesce(max("position"), 0), pg_snapshot_xmin(pg_current_snapshot()) FROM "feed";
--> statement-breakpoint
INSERT INTO "notice_tally" DEFAULT VALUES;
--> statement-breakpoint
ALTER TABLE "feed_head" ADD CONSTRAINT "feed_head_one" CHECK ("one");
--> statement-breakpoint
ALTER TABLE "notice_tally" ADD CONSTRAINT "notice_tally_one" CHECK ("one");
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "feed" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "feed" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
-- Leased and settled soon after it was written: a row stays on its page, and what waits no more leaves the index.
ALTER TABLE "notice" SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.0, autovacuum_vacuum_threshold = 5000);
--> statement-breakpoint
ALTER TABLE "webhook_endpoint" SET (fillfactor = 50);
