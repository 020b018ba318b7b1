CREATE TABLE "declaration_draft_proposal" (
	"draft_id" text PRIMARY KEY NOT NULL,
	"proposal" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "declaration_draft_proposal" ADD CONSTRAINT "declaration_draft_proposal_draft_id_declaration_draft_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."declaration_draft"("id") ON DELETE cascade ON UPDATE no action;