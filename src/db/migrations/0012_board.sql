CREATE INDEX "deadline_told" ON "deadline" USING btree ("declaration_id") WHERE told IS NOT NULL;--> statement-breakpoint
CREATE INDEX "declaration_number" ON "declaration" USING btree ("functional_reference_id" text_pattern_ops);--> statement-breakpoint
CREATE INDEX "filing_status" ON "filing" USING btree ("status","agency","declaration_id");--> statement-breakpoint
CREATE INDEX "filing_trader" ON "filing" USING btree ("declaration_id") WHERE status IN ('refused', 'awaiting-particulars', 'withdrawn', 'reversed', 'blocked') OR holds && ARRAY['inspection', 'payment-due', 'supplement'];--> statement-breakpoint
CREATE INDEX "filing_reference_value" ON "filing_reference" USING btree ("value");