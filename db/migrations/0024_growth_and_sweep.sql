-- Of a case, the revision of its alert's card that was the first to tell it: what is news does not hang on a clock.
ALTER TABLE alert_cases ADD COLUMN mark INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
UPDATE alert_cases SET mark = coalesce((
  SELECT revision FROM cards
  WHERE cards.team = alert_cases.team AND cards.id = 'alert/' || alert_cases.alert AND stale_since <= raised_at
), 0) WHERE settled_at IS NULL;
--> statement-breakpoint
-- How many things it stood for that were taken out since.
ALTER TABLE alerts ADD COLUMN swept INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
-- How much the second path told of a card when it last did, and up to which revision.
ALTER TABLE cards ADD COLUMN told_things INTEGER;
--> statement-breakpoint
ALTER TABLE cards ADD COLUMN told_mark INTEGER;
--> statement-breakpoint
UPDATE cards SET told_things = 1, told_mark = revision WHERE told_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX alert_cases_over ON alert_cases (settled_at) WHERE settled_at IS NOT NULL;
