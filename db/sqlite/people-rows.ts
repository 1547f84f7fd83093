import type Database from 'better-sqlite3'
import { z } from 'zod'
import { EntryId, RunId, StepKey, TeamId, UserId } from '../../src/domain/ids.ts'
import type { PeopleStore, PeopleWrites } from '../people-store.ts'

const AbsenceRow = z.object({
  team: TeamId,
  user: UserId,
  from: z.int(),
  until: z.int().nullable(),
  to: UserId.nullable(),
  here: z.int().transform((here) => here === 1),
})
const DraftRow = z.object({
  ...{ team: TeamId, user: UserId, workflow: z.string() },
  ...{ sealed: z.instanceof(Uint8Array), at: z.int() },
})
const UnhandledRow = z.object({ team: TeamId, entry: EntryId })
const SnoozeRow = z.object({ team: TeamId, user: UserId, run: RunId, step: StepKey, until: z.int() })

/** Reads what people said of themselves. */
export function peopleQueries(db: Database.Database): PeopleStore {
  const absences = db.prepare(
    'SELECT team, user, from_at AS "from", until_at AS until, delegate AS "to", here FROM absences WHERE team = ? ORDER BY user',
  )
  const snooze = 'SELECT team, user, run, step, until_at AS until FROM snoozes'
  const ofPerson = db.prepare(`${snooze} WHERE team = ? AND user = ? ORDER BY until_at`)
  const due = db.prepare(`${snooze} WHERE until_at <= ? ORDER BY until_at LIMIT ?`)
  const next = db.prepare<[], { at: number | null }>('SELECT min(until_at) AS at FROM snoozes')
  const draft = db.prepare(
    'SELECT team, user, workflow, sealed, at FROM drafts WHERE team = ? AND user = ? AND workflow = ?',
  )
  // Ids of entries rise with time.
  const unhandled = db.prepare('SELECT team, entry FROM unhandled WHERE entry > ? ORDER BY entry LIMIT ?')
  return {
    absences: async (team) => z.array(AbsenceRow).parse(absences.all(team)),
    snoozes: async (team, user) => z.array(SnoozeRow).parse(ofPerson.all(team, user)),
    dueSnoozes: async (now, limit) => z.array(SnoozeRow).parse(due.all(now, limit)),
    nextSnooze: async () => next.get()?.at ?? null,
    formDraft: async (team, user, workflow) => DraftRow.nullish().parse(draft.get(team, user, workflow)) ?? null,
    unhandled: async (after, limit) => z.array(UnhandledRow).parse(unhandled.all(after ?? '', limit)),
  }
}

/** Writes the same, inside a transaction that somebody else opened. */
export function createPeopleWriter(db: Database.Database): (writes: PeopleWrites, at: number) => void {
  const away = db.prepare(`INSERT INTO absences (team, user, from_at, until_at, delegate, here)
    VALUES (:team, :user, :from, :until, :to, :here)
    ON CONFLICT (team, user) DO UPDATE SET from_at = :from, until_at = :until, delegate = :to, here = :here`)
  const back = db.prepare('DELETE FROM absences WHERE team = :team AND user = :user')
  const set = db.prepare(`INSERT INTO snoozes (team, user, run, step, until_at)
    VALUES (:team, :user, :run, :step, :until)
    ON CONFLICT (team, user, run, step) DO UPDATE SET until_at = :until`)
  // One that was set to another time meanwhile stays.
  const over = db.prepare(
    'DELETE FROM snoozes WHERE team = :team AND user = :user AND run = :run AND step = :step AND until_at = :until',
  )
  const keep = db.prepare(`INSERT INTO drafts (team, user, workflow, sealed, at)
    VALUES (:team, :user, :workflow, :sealed, :at)
    ON CONFLICT (team, user, workflow) DO UPDATE SET sealed = :sealed, at = :at`)
  const expire = db.prepare('DELETE FROM drafts WHERE at < ?')
  const forget = db.prepare('DELETE FROM drafts WHERE team = :team AND user = :user AND workflow = :workflow')
  const received = db.prepare('INSERT INTO unhandled (entry, team, at) VALUES (:entry, :team, :at)')
  const handled = db.prepare('DELETE FROM unhandled WHERE entry = :entry AND team = :team')
  return ({ absence, snooze, formDraft, unhandled }, at) => {
    if (unhandled?.kind === 'received') received.run({ ...unhandled.of, at })
    if (unhandled?.kind === 'handled') handled.run(unhandled.of)
    if (formDraft?.kind === 'keep') {
      expire.run(formDraft.before)
      keep.run(formDraft.draft)
    }
    if (formDraft?.kind === 'forget') forget.run(formDraft)
    if (absence?.kind === 'away') away.run({ ...absence.absence, here: absence.absence.here ? 1 : 0 })
    if (absence?.kind === 'back') back.run({ team: absence.team, user: absence.user })
    if (snooze) (snooze.kind === 'set' ? set : over).run(snooze.snooze)
  }
}
