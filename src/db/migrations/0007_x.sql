ALTER TABLE "fee_import" ADD COLUMN "run" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "fee_import" ADD COLUMN "rows_total" integer;