CREATE TABLE "closed_day" (
	"day" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seal" (
	"day" text PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"root" text NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"signature" text,
	"key" text
);
--> statement-breakpoint
CREATE TABLE "seal_proof" (
	"declaration_id" text NOT NULL,
	"day" text NOT NULL,
	"position" integer NOT NULL,
	"head" text NOT NULL,
	"path" text NOT NULL,
	CONSTRAINT "seal_proof_declaration_id_day_pk" PRIMARY KEY("declaration_id","day")
);
--> statement-breakpoint
ALTER TABLE "declaration" ADD COLUMN "head" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "binds" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "event" ADD COLUMN "hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "seal_proof_position" ON "seal_proof" USING btree ("day","position");--> statement-breakpoint
CREATE INDEX "event_at" ON "event" USING brin ("at") WITH (autosummarize = on);--> statement-breakpoint
-- What was kept before the chain began: its events get their hashes as if they had always had them, and one event more binds
-- the declaration, its versions, filings, messages and receipts as they are now. The hashing is that of src/audit.
CREATE FUNCTION pg_temp.text_of(content text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT to_json(content)::text $$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.texts_of(content text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT '[' || coalesce(string_agg(to_json(one)::text, ',' ORDER BY place), '') || ']' FROM unnest(content) WITH ORDINALITY AS given (one, place) $$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.instant_of(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$ SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.sha256_of(content text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT translate(rtrim(encode(sha256(convert_to(content, 'UTF8')), 'base64'), '='), '+/', '-_') $$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.digest_of(VARIADIC content text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT pg_temp.sha256_of('[' || array_to_string(content, ',', 'null') || ']') $$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.message_digest(kept "message") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT pg_temp.digest_of('"message"', pg_temp.text_of(kept.filing_id), pg_temp.text_of(kept.agency), kept.attempt::text, pg_temp.text_of(kept.kind),
    pg_temp.text_of(kept.method), pg_temp.text_of(kept.path), kept.status::text, pg_temp.text_of(kept.content_type),
    pg_temp.text_of(pg_temp.sha256_of(kept.body)), pg_temp.text_of(kept.error)) $$;
--> statement-breakpoint
CREATE FUNCTION pg_temp.lines_of(declared text) RETURNS text LANGUAGE sql STABLE AS $$
  WITH filed AS (SELECT * FROM filing WHERE declaration_id = declared),
  said AS (SELECT receipt.* FROM receipt JOIN filed ON receipt.filing_id = filed.id),
  line AS (
    SELECT 'declaration - ' || pg_temp.digest_of('"declaration"', pg_temp.text_of(id), pg_temp.text_of(tenant), pg_temp.text_of(functional_reference_id),
        pg_temp.text_of(direction), version::text, pg_temp.text_of(plan)) || ' ' || pg_temp.instant_of(accepted_at) AS line
      FROM declaration WHERE id = declared
    UNION ALL SELECT 'version ' || version || ' ' || pg_temp.digest_of('"version"', pg_temp.text_of(declaration_id), version::text, pg_temp.text_of(media_type),
        pg_temp.text_of(pg_temp.sha256_of(raw)), pg_temp.text_of(pg_temp.sha256_of(document))) || ' ' || pg_temp.instant_of(at)
      FROM declaration_version WHERE declaration_id = declared
    UNION ALL SELECT 'change ' || id || ' ' || pg_temp.digest_of('"change"', pg_temp.text_of(declaration_id), pg_temp.text_of(id), pg_temp.text_of(kind),
        version::text, before::text, pg_temp.text_of(reason), pg_temp.text_of(plan), pg_temp.text_of(outcome),
        pg_temp.text_of(pg_temp.instant_of(settled_at))) || ' ' || pg_temp.instant_of(at)
      FROM change WHERE declaration_id = declared
    UNION ALL SELECT 'filing ' || id || ' ' || pg_temp.digest_of('"filing"', pg_temp.text_of(declaration_id), pg_temp.text_of(id), position::text,
        pg_temp.text_of(agency), pg_temp.text_of(procedure), serial::text, pg_temp.text_of(occasion), version::text, pg_temp.text_of(change_id),
        pg_temp.text_of(changes), pg_temp.texts_of(covers), attempt::text, pg_temp.text_of(status), pg_temp.texts_of(holds), pg_temp.text_of(pending),
        unknown::text, pg_temp.text_of(particulars),
        '[' || coalesce((SELECT string_agg(name, ',' ORDER BY name COLLATE "C") FROM (
            SELECT pg_temp.texts_of(ARRAY[scheme, value]) AS name FROM filing_reference reference WHERE filing_id = filed.id AND reference.agency = filed.agency) named), '') || ']')
      FROM filed
    UNION ALL SELECT 'message ' || message.id || ' ' || pg_temp.message_digest(message) || ' ' || pg_temp.instant_of(message.at)
      FROM message WHERE id IN (SELECT message.id FROM message JOIN filed ON message.filing_id = filed.id UNION SELECT message_id FROM said)
    UNION ALL SELECT 'receipt ' || said.id || ' ' || pg_temp.digest_of('"receipt"', pg_temp.text_of(said.filing_id), pg_temp.text_of(said.agency),
        said.attempt::text, CASE WHEN message.id IS NOT NULL THEN pg_temp.text_of(pg_temp.message_digest(message)) END, pg_temp.text_of(said.digest),
        pg_temp.text_of(pg_temp.instant_of(said.at)), pg_temp.text_of(said.status), pg_temp.text_of(said.code), pg_temp.text_of(said.content))
        || ' ' || pg_temp.instant_of(said.received_at)
      FROM said LEFT JOIN message ON message.id = said.message_id)
  SELECT string_agg(line, E'\n' ORDER BY line COLLATE "C") FROM line $$;
--> statement-breakpoint
ALTER TABLE "event" DISABLE TRIGGER "append_only";
--> statement-breakpoint
DO $$
DECLARE
  one record; told record; previous text; lines text;
  instant timestamptz := date_trunc('milliseconds', now());
  data text := '{"because":"kept before the chain began"}';
BEGIN
  FOR one IN SELECT id, event_count FROM declaration ORDER BY id LOOP
    previous := repeat('A', 43);
    FOR told IN SELECT * FROM event WHERE declaration_id = one.id ORDER BY number LOOP
      previous := pg_temp.digest_of(pg_temp.text_of(previous), pg_temp.text_of(one.id), told.number::text, pg_temp.text_of(told.type),
        pg_temp.text_of(told.filing_id), pg_temp.text_of(told.data), pg_temp.text_of(pg_temp.instant_of(told.at)), '""');
      UPDATE event SET hash = previous WHERE declaration_id = one.id AND number = told.number;
    END LOOP;
    lines := pg_temp.lines_of(one.id);
    previous := pg_temp.digest_of(pg_temp.text_of(previous), pg_temp.text_of(one.id), (one.event_count + 1)::text, '"declaration.recorded"', NULL,
      pg_temp.text_of(data), pg_temp.text_of(pg_temp.instant_of(instant)), pg_temp.text_of(lines));
    INSERT INTO event (declaration_id, number, type, data, at, binds, hash)
      VALUES (one.id, one.event_count + 1, 'declaration.recorded', data, instant, lines, previous);
    UPDATE declaration SET event_count = one.event_count + 1, head = previous, revision = revision + 1 WHERE id = one.id;
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE "event" ENABLE TRIGGER "append_only";
--> statement-breakpoint
ALTER TABLE "event" ALTER COLUMN "hash" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "declaration" ALTER COLUMN "head" DROP DEFAULT;
--> statement-breakpoint
-- No event is dated in a day that is closed: its seal would not cover it. The closing of a day waits for whoever is writing.
CREATE FUNCTION "refuse_closed_day"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ended timestamptz := (SELECT (max(day)::timestamp + interval '1 day') AT TIME ZONE 'UTC' FROM closed_day);
  late text;
BEGIN
  SELECT format('%s.%s', declaration_id, number) INTO late FROM fresh WHERE at < ended LIMIT 1;
  IF late IS NOT NULL THEN RAISE EXCEPTION 'event % is dated in a day that is closed: is the clock of this machine right?', late; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "open_day" AFTER INSERT ON "event" REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION "refuse_closed_day"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "closed_day" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "seal" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "seal_proof" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "closed_day" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "seal" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "append_only_whole" BEFORE TRUNCATE ON "seal_proof" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
