-- Who started a run, and whose manager may see it. Of what is under way already nobody can tell from outside: it is known once it moves.
ALTER TABLE runs ADD COLUMN starter TEXT;
--> statement-breakpoint
ALTER TABLE runs ADD COLUMN manager TEXT;
--> statement-breakpoint
CREATE INDEX runs_by_starter ON runs (team, starter, id) WHERE starter IS NOT NULL;
--> statement-breakpoint
CREATE INDEX runs_by_manager ON runs (team, manager, id) WHERE manager IS NOT NULL;
