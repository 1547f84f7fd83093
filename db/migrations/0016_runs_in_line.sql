-- Since when a run has waited to begin, because too much was to be done when it was started.
ALTER TABLE runs ADD COLUMN in_line INTEGER;
--> statement-breakpoint
CREATE INDEX runs_in_line ON runs (in_line, id) WHERE in_line IS NOT NULL;
