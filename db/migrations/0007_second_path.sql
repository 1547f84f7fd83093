-- A card whose channel takes nothing stands somewhere else meanwhile, as `detour` says; `left_…` is a copy that does not
-- say yet that the card has moved. `late_…`: how long after the failure it came, and why. `told_…`: when the second path
-- took the alert, and under which key.
ALTER TABLE cards ADD COLUMN detour TEXT;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN left_channel_id TEXT;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN left_ts TEXT;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN late_ms INTEGER;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN late_why TEXT;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN told_at INTEGER;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN told_key TEXT;
--> statement-breakpoint
CREATE INDEX cards_astray ON cards (team) WHERE undeliverable IS NOT NULL OR detour IS NOT NULL OR left_ts IS NOT NULL OR told_at IS NOT NULL;
