ALTER TABLE "declaration" ADD COLUMN "counted" text;--> statement-breakpoint
-- What counts already was counted by something nobody noted: the next receipt of such a declaration counts it again.
UPDATE "declaration" SET "counted" = '' WHERE "id" IN (SELECT "declaration_id" FROM "clearance_contribution");
