-- How many steps of a run ask people just now. Of what is under way already nobody can tell from outside: it counts until it moves.
ALTER TABLE runs ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;
--> statement-breakpoint
UPDATE runs SET asks = 1 WHERE ended_at IS NULL;
--> statement-breakpoint
CREATE INDEX runs_asking ON runs (team, id) WHERE asks > 0;
