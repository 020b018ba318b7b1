CREATE TABLE "certificate" (
	"type_code" text NOT NULL,
	"number" text NOT NULL,
	"issuer" text NOT NULL,
	"holder" text,
	"facts" text,
	"quantity" numeric,
	"unit_code" text,
	"uses" integer,
	"reserved" numeric DEFAULT '0' NOT NULL,
	"committed" numeric DEFAULT '0' NOT NULL,
	"uses_taken" integer DEFAULT 0 NOT NULL,
	"seen_at" timestamp with time zone,
	CONSTRAINT "certificate_type_code_number_pk" PRIMARY KEY("type_code","number")
);
--> statement-breakpoint
CREATE TABLE "certificate_entry" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"type_code" text NOT NULL,
	"number" text NOT NULL,
	"use_id" text NOT NULL,
	"kind" text NOT NULL,
	"reserved" numeric NOT NULL,
	"committed" numeric NOT NULL,
	"uses" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_message" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"use_id" text,
	"issuer" text NOT NULL,
	"kind" text NOT NULL,
	"method" text NOT NULL,
	"path" text NOT NULL,
	"body" text,
	"status" integer,
	"answer" text,
	"error" text,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_use" (
	"id" text PRIMARY KEY NOT NULL,
	"declaration_id" text NOT NULL,
	"filing_id" text NOT NULL,
	"tenant" text NOT NULL,
	"trader_reference" text NOT NULL,
	"issuer" text NOT NULL,
	"type_code" text NOT NULL,
	"number" text NOT NULL,
	"use" text NOT NULL,
	"rule" text NOT NULL,
	"status" text DEFAULT 'wanted' NOT NULL,
	"asking" text,
	"granted" boolean DEFAULT false NOT NULL,
	"replaces" text,
	"dropped_by" text,
	"quantity" numeric,
	"held" numeric,
	"held_uses" integer DEFAULT 0 NOT NULL,
	"findings" text,
	"reference" text,
	"due_at" timestamp with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"unknown" boolean DEFAULT false NOT NULL,
	"error" text,
	"silent_since" timestamp with time zone,
	"at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assistance" (
	"id" text PRIMARY KEY NOT NULL,
	"act" text NOT NULL,
	"from_agency" text NOT NULL,
	"to_agency" text NOT NULL,
	"declaration_id" text NOT NULL,
	"visibility" text NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"appointment" text,
	"result" text,
	"due_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"escalated_at" timestamp with time zone,
	"revision" integer DEFAULT 1 NOT NULL,
	"steps" integer DEFAULT 1 NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assistance_step" (
	"assistance_id" text NOT NULL,
	"number" integer NOT NULL,
	"what" text NOT NULL,
	"by" text NOT NULL,
	"data" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "assistance_step_assistance_id_number_pk" PRIMARY KEY("assistance_id","number")
);
--> statement-breakpoint
CREATE TABLE "cooperation_note" (
	"number" bigserial PRIMARY KEY NOT NULL,
	"agency" text NOT NULL,
	"kind" text NOT NULL,
	"note_id" text NOT NULL,
	"declaration_id" text,
	"firm" text,
	"body" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"error" text,
	"answer" text,
	"answered_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "recognition" (
	"id" text PRIMARY KEY NOT NULL,
	"category" text NOT NULL,
	"agency" text NOT NULL,
	"procedure" text,
	"declaration_id" text,
	"filing_id" text,
	"firm" text,
	"number" text NOT NULL,
	"covers" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"valid_until" timestamp with time zone,
	"by" text,
	"kept_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_reason" text,
	"revoked_by" text
);
--> statement-breakpoint
CREATE TABLE "recognition_use" (
	"recognition_id" text NOT NULL,
	"filing_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"saved_check" text NOT NULL,
	"rule" date NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"state" text NOT NULL,
	"honoured_at" timestamp with time zone,
	CONSTRAINT "recognition_use_recognition_id_filing_id_attempt_pk" PRIMARY KEY("recognition_id","filing_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "credit_consequence" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"firm" text NOT NULL,
	"cause" bigint NOT NULL,
	"kind" text NOT NULL,
	"agency" text NOT NULL,
	"scheme" text,
	"level" text,
	"rank" smallint,
	"factor" text,
	"rule" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit_consequence_end" (
	"consequence" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "declaration_risk" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"declaration_id" text NOT NULL,
	"agency" text NOT NULL,
	"version" integer NOT NULL,
	"ppm" integer NOT NULL,
	"basis" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "firm_credit" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"firm" text NOT NULL,
	"scheme" text NOT NULL,
	"agency" text NOT NULL,
	"level" text NOT NULL,
	"rank" smallint NOT NULL,
	"since" date NOT NULL,
	"occasion" text NOT NULL,
	"reason" text NOT NULL,
	"basis" text NOT NULL,
	"corrects" bigint,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "firm_credit_corrects_unique" UNIQUE("corrects")
);
--> statement-breakpoint
CREATE TABLE "draw" (
	"agency" text NOT NULL,
	"day" date NOT NULL,
	"begins_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"seed" text NOT NULL,
	"salt" text NOT NULL,
	"seed_hash" text NOT NULL,
	"salt_hash" text NOT NULL,
	"officers" text NOT NULL,
	"officers_drawn" integer NOT NULL,
	"roster_hash" text NOT NULL,
	"roster_revision" integer NOT NULL,
	"committed_at" timestamp with time zone NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "draw_agency_day_pk" PRIMARY KEY("agency","day")
);
--> statement-breakpoint
CREATE TABLE "draw_candidate" (
	"agency" text NOT NULL,
	"declaration_id" text NOT NULL,
	"registered_at" timestamp with time zone NOT NULL,
	CONSTRAINT "draw_candidate_agency_declaration_id_pk" PRIMARY KEY("agency","declaration_id")
);
--> statement-breakpoint
CREATE TABLE "draw_closing" (
	"agency" text NOT NULL,
	"day" date NOT NULL,
	"count" integer NOT NULL,
	"root" text NOT NULL,
	"head" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "draw_closing_agency_day_pk" PRIMARY KEY("agency","day")
);
--> statement-breakpoint
CREATE TABLE "draw_lot" (
	"agency" text NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"declaration_id" text NOT NULL,
	"lot" text NOT NULL,
	"ppm" integer NOT NULL,
	"risk" bigint NOT NULL,
	"rules" text NOT NULL,
	"excused" text NOT NULL,
	"early" boolean NOT NULL,
	"hash" text NOT NULL,
	"officers" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "draw_lot_agency_day_number_pk" PRIMARY KEY("agency","day","number")
);
--> statement-breakpoint
CREATE TABLE "draw_result" (
	"agency" text NOT NULL,
	"day" date NOT NULL,
	"number" integer NOT NULL,
	"lot_number" integer NOT NULL,
	"outcome" text NOT NULL,
	"inspected_on" date NOT NULL,
	"hash" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "draw_result_agency_day_number_pk" PRIMARY KEY("agency","day","number")
);
--> statement-breakpoint
CREATE TABLE "draw_reveal" (
	"agency" text NOT NULL,
	"day" date NOT NULL,
	"seed" text NOT NULL,
	"selected" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "draw_reveal_agency_day_pk" PRIMARY KEY("agency","day")
);
--> statement-breakpoint
CREATE TABLE "draw_roster" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"agency" text NOT NULL,
	"revision" integer NOT NULL,
	"officers" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "movement" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"publisher" text NOT NULL,
	"event_id" text NOT NULL,
	"retracts" text,
	"classifier" text,
	"code" text,
	"equipment" text,
	"closes" boolean DEFAULT false NOT NULL,
	"event_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone NOT NULL,
	"content" text NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "movement_handle" (
	"handle" text NOT NULL,
	"movement_id" bigint NOT NULL,
	"event_at" timestamp with time zone NOT NULL,
	CONSTRAINT "movement_handle_handle_event_at_movement_id_pk" PRIMARY KEY("handle","event_at","movement_id")
);
--> statement-breakpoint
CREATE TABLE "movement_join" (
	"movement_id" bigint NOT NULL,
	"declaration_id" text NOT NULL,
	"by" text NOT NULL,
	"joined_at" timestamp with time zone NOT NULL,
	"left_at" timestamp with time zone,
	"due" text,
	"told" text,
	CONSTRAINT "movement_join_movement_id_declaration_id_pk" PRIMARY KEY("movement_id","declaration_id")
);
--> statement-breakpoint
CREATE TABLE "tracked_declaration" (
	"declaration_id" text PRIMARY KEY NOT NULL,
	"tenant" text NOT NULL,
	"version" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tracked_handle" (
	"handle" text NOT NULL,
	"declaration_id" text NOT NULL,
	CONSTRAINT "tracked_handle_handle_declaration_id_pk" PRIMARY KEY("handle","declaration_id")
);
--> statement-breakpoint
CREATE TABLE "tracked_up_to" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"declaration_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waybill" (
	"number" text PRIMARY KEY NOT NULL,
	"carrier" text NOT NULL,
	"negotiable" boolean NOT NULL,
	"status" text NOT NULL,
	"holder" text,
	"version" integer NOT NULL,
	"entry_count" integer NOT NULL,
	"head" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waybill_entry" (
	"number" text NOT NULL,
	"entry" integer NOT NULL,
	"version" integer NOT NULL,
	"action" text NOT NULL,
	"actor" text NOT NULL,
	"recipient" text,
	"note" text,
	"at" timestamp with time zone NOT NULL,
	"document_sha256" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "waybill_entry_number_entry_pk" PRIMARY KEY("number","entry")
);
--> statement-breakpoint
CREATE TABLE "waybill_party" (
	"party" text NOT NULL,
	"number" text NOT NULL,
	CONSTRAINT "waybill_party_party_number_pk" PRIMARY KEY("party","number")
);
--> statement-breakpoint
CREATE TABLE "waybill_version" (
	"number" text NOT NULL,
	"version" integer NOT NULL,
	"document" text NOT NULL,
	"sha256" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "waybill_version_number_version_pk" PRIMARY KEY("number","version")
);
--> statement-breakpoint
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
CREATE TABLE "shared_key" (
	"pattern" text NOT NULL,
	"value" text NOT NULL,
	"declaration_id" text NOT NULL,
	CONSTRAINT "shared_key_pattern_value_declaration_id_pk" PRIMARY KEY("pattern","value","declaration_id")
);
--> statement-breakpoint
CREATE TABLE "shared_key_cursor" (
	"id" integer PRIMARY KEY NOT NULL,
	"declaration_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shared_keyed" (
	"declaration_id" text PRIMARY KEY NOT NULL,
	"version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shared_read" (
	"declaration_id" text NOT NULL,
	"number" integer NOT NULL,
	"id" text NOT NULL,
	"agency" text NOT NULL,
	"by" text NOT NULL,
	"purpose" text NOT NULL,
	"case_number" text NOT NULL,
	"kind" text NOT NULL,
	"version" integer NOT NULL,
	"policy" text NOT NULL,
	"basis" text NOT NULL,
	"fields" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"disclose_at" timestamp with time zone NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "shared_read_declaration_id_number_pk" PRIMARY KEY("declaration_id","number")
);
--> statement-breakpoint
CREATE TABLE "shared_subscription" (
	"id" text PRIMARY KEY NOT NULL,
	"agency" text NOT NULL,
	"by" text NOT NULL,
	"purpose" text NOT NULL,
	"case_number" text NOT NULL,
	"filter" text NOT NULL,
	"value" text NOT NULL,
	"fields" text,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "clearance_bucket" (
	"month" text NOT NULL,
	"cell" text NOT NULL,
	"bucket" integer NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "clearance_bucket_month_cell_bucket_pk" PRIMARY KEY("month","cell","bucket")
);
--> statement-breakpoint
CREATE TABLE "clearance_cell" (
	"month" text NOT NULL,
	"cell" text NOT NULL,
	"start" text NOT NULL,
	"count" integer NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "clearance_cell_month_cell_start_pk" PRIMARY KEY("month","cell","start")
);
--> statement-breakpoint
CREATE TABLE "clearance_contribution" (
	"declaration_id" text NOT NULL,
	"kind" text NOT NULL,
	"filing_id" text NOT NULL,
	"month" text NOT NULL,
	"cell" text NOT NULL,
	"firm" text NOT NULL,
	"start" text NOT NULL,
	"bucket" integer NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "clearance_contribution_declaration_id_kind_filing_id_pk" PRIMARY KEY("declaration_id","kind","filing_id")
);
--> statement-breakpoint
CREATE TABLE "clearance_delta" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"month" text NOT NULL,
	"cell" text NOT NULL,
	"firm" text NOT NULL,
	"start" text NOT NULL,
	"bucket" integer NOT NULL,
	"amount" bigint NOT NULL,
	"sign" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clearance_figure" (
	"month" text NOT NULL,
	"kind" text NOT NULL,
	"split" smallint NOT NULL,
	"agency" text NOT NULL,
	"procedure" text NOT NULL,
	"direction" text NOT NULL,
	"mode" text NOT NULL,
	"district" text NOT NULL,
	"credit" text NOT NULL,
	"count" integer NOT NULL,
	"amount" bigint NOT NULL,
	"histogram" "bytea" NOT NULL,
	CONSTRAINT "clearance_figure_kind_split_month_agency_procedure_direction_mode_district_credit_pk" PRIMARY KEY("kind","split","month","agency","procedure","direction","mode","district","credit")
);
--> statement-breakpoint
CREATE TABLE "clearance_firm" (
	"month" text NOT NULL,
	"cell" text NOT NULL,
	"firm" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "clearance_firm_month_cell_firm_pk" PRIMARY KEY("month","cell","firm")
);
--> statement-breakpoint
CREATE TABLE "clearance_publication" (
	"month" text PRIMARY KEY NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"rules" text NOT NULL,
	"covered" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "clearance_recount" (
	"id" text PRIMARY KEY NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	"after" text DEFAULT '' NOT NULL,
	"declarations" integer DEFAULT 0 NOT NULL,
	"corrected" integer DEFAULT 0 NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "filing" ADD COLUMN "gates" text;--> statement-breakpoint
CREATE INDEX "certificate_holder" ON "certificate" USING btree ("holder");--> statement-breakpoint
CREATE INDEX "certificate_entry_certificate" ON "certificate_entry" USING btree ("type_code","number","id");--> statement-breakpoint
CREATE INDEX "certificate_message_use" ON "certificate_message" USING btree ("use_id","id");--> statement-breakpoint
CREATE INDEX "certificate_use_due" ON "certificate_use" USING btree ("issuer","due_at");--> statement-breakpoint
CREATE INDEX "certificate_use_filing" ON "certificate_use" USING btree ("filing_id");--> statement-breakpoint
CREATE INDEX "certificate_use_declaration" ON "certificate_use" USING btree ("declaration_id","id");--> statement-breakpoint
CREATE INDEX "certificate_use_certificate" ON "certificate_use" USING btree ("type_code","number","id");--> statement-breakpoint
CREATE INDEX "assistance_declaration" ON "assistance" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "assistance_from" ON "assistance" USING btree ("from_agency","id");--> statement-breakpoint
CREATE INDEX "assistance_to" ON "assistance" USING btree ("to_agency","id");--> statement-breakpoint
CREATE INDEX "assistance_open" ON "assistance" USING btree ("due_at") WHERE status IN ('open', 'in-force');--> statement-breakpoint
CREATE UNIQUE INDEX "cooperation_note_once" ON "cooperation_note" USING btree ("agency","kind","note_id");--> statement-breakpoint
CREATE INDEX "cooperation_note_waiting" ON "cooperation_note" USING btree ("agency","number") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "recognition_declaration" ON "recognition" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "recognition_firm" ON "recognition" USING btree ("firm") WHERE firm IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "recognition_once" ON "recognition" USING btree ("filing_id","category","number") WHERE filing_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "recognition_use_filing" ON "recognition_use" USING btree ("filing_id");--> statement-breakpoint
CREATE INDEX "credit_consequence_firm" ON "credit_consequence" USING btree ("firm","id");--> statement-breakpoint
CREATE INDEX "declaration_risk_declaration" ON "declaration_risk" USING btree ("declaration_id","agency","id");--> statement-breakpoint
CREATE INDEX "firm_credit_firm" ON "firm_credit" USING btree ("firm","scheme","since","id");--> statement-breakpoint
CREATE INDEX "firm_credit_level" ON "firm_credit" USING btree ("scheme","level","firm");--> statement-breakpoint
CREATE INDEX "draw_candidate_order" ON "draw_candidate" USING btree ("agency","registered_at","declaration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "draw_lot_declaration" ON "draw_lot" USING btree ("agency","declaration_id");--> statement-breakpoint
CREATE INDEX "draw_result_lot" ON "draw_result" USING btree ("agency","day","lot_number");--> statement-breakpoint
CREATE UNIQUE INDEX "draw_roster_revision" ON "draw_roster" USING btree ("agency","revision");--> statement-breakpoint
CREATE UNIQUE INDEX "movement_event" ON "movement" USING btree ("publisher","event_id");--> statement-breakpoint
CREATE INDEX "movement_retracts" ON "movement" USING btree ("publisher","retracts");--> statement-breakpoint
CREATE INDEX "movement_equipment" ON "movement" USING btree ("equipment","event_at");--> statement-breakpoint
CREATE INDEX "movement_handle_movement" ON "movement_handle" USING btree ("movement_id");--> statement-breakpoint
CREATE INDEX "movement_join_declaration" ON "movement_join" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "movement_join_due" ON "movement_join" USING btree ("declaration_id") WHERE due IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tracked_declaration_tenant" ON "tracked_declaration" USING btree ("tenant");--> statement-breakpoint
CREATE INDEX "tracked_handle_declaration" ON "tracked_handle" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "rule_version_table" ON "rule_version" USING btree ("rule_table","valid_from","id");--> statement-breakpoint
CREATE INDEX "shared_key_declaration" ON "shared_key" USING btree ("declaration_id");--> statement-breakpoint
CREATE INDEX "shared_read_id" ON "shared_read" USING btree ("declaration_id","id");--> statement-breakpoint
CREATE INDEX "shared_subscription_agency" ON "shared_subscription" USING btree ("agency","id");--> statement-breakpoint
CREATE INDEX "clearance_bucket_empty" ON "clearance_bucket" USING btree ("month") WHERE count = 0;--> statement-breakpoint
CREATE INDEX "clearance_cell_empty" ON "clearance_cell" USING btree ("month") WHERE count = 0;--> statement-breakpoint
CREATE INDEX "clearance_firm_empty" ON "clearance_firm" USING btree ("month") WHERE count = 0;
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "certificate_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "certificate_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "certificate_message" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "certificate_message" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "assistance_step" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "assistance_step" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "firm_credit" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "firm_credit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "credit_consequence" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "credit_consequence" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "credit_consequence_end" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "credit_consequence_end" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "declaration_risk" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "declaration_risk" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "draw_roster" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "draw_roster" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "draw" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "draw" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "draw_lot" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "draw_lot" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "draw_closing" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "draw_closing" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "draw_reveal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "draw_reveal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "draw_result" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "draw_result" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "movement" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "movement" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "movement_handle" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "movement_handle" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "waybill_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "waybill_version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "waybill_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "waybill_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "rule_version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "rule_version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "shared_read" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "shared_read" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "clearance_publication" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "clearance_publication" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "clearance_figure" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "clearance_figure" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
