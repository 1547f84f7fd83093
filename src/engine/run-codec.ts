import type { StoredBulk, StoredHold, StoredRun } from '../../db/store.ts'
import { Bulk } from '../domain/bulk.ts'
import { Hold, scopeKey } from '../domain/hold.ts'
import { holdsIn } from '../domain/holds-in.ts'
import { type AttemptId, UserId } from '../domain/ids.ts'
import { asksPeople, ended, openDebts, Run } from '../domain/run.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'

interface Beside {
  wakeAt: number | null
  /** Of whom it is about, as its form says. */
  manager: string | null
}

/** A run as the store keeps it: its state sealed under its subject's key. */
export function encodeRun(run: Run, keys: SubjectKeys, { wakeAt, manager }: Beside): StoredRun {
  const attempts: AttemptId[] = []
  for (const step of run.steps) {
    if (step.status === 'running') attempts.push(step.attempt)
    if (step.escalation?.status === 'opening') attempts.push(step.escalation.attempt)
  }
  return {
    id: run.id,
    team: run.team,
    workflow: run.workflow,
    definition: run.definition,
    status: run.status,
    version: run.version,
    subject: run.subject.id,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    wakeAt,
    inLine: placeInLine(run),
    attempts,
    owes: openDebts(run).length,
    asks: ended(run) ? 0 : run.steps.filter((step) => step.status === 'waiting' && asksPeople(step)).length,
    starter: run.startedBy.kind === 'person' ? run.startedBy.user : null,
    // A schema that refuses is slow, and most runs have no manager.
    manager: manager === null ? null : (UserId.safeParse(manager).data ?? null),
    held: holdsIn(run),
    sealed: keys.sealState(run.subject.id, Buffer.from(JSON.stringify(run))),
  }
}

/** Since when it waits in line; null when it does not. A run that is held back or cancelled waits for something else. */
export const placeInLine = (run: Run): number | null => (run.heldBack || run.cancelled ? null : (run.inLine ?? null))

/** The run in a row, or null when its subject was erased. */
export function decodeRun(row: StoredRun, keys: SubjectKeys): Run | null {
  const bytes = keys.openState(row.subject, row.sealed)
  return bytes ? Run.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))) : null
}

/** A hold as the store keeps it: its state, with what people wrote, sealed under the team's key. */
export function encodeHold(hold: Hold, keys: SubjectKeys): StoredHold {
  const { id, team, kind, status, version, since } = hold
  const sealed = keys.sealState(team, Buffer.from(JSON.stringify(hold)))
  return { id, team, kind, scope: scopeKey(hold.scope), status, version, since, sealed }
}

/** The hold in a row, or null when the team's key is gone. */
export function decodeHold(row: StoredHold, keys: SubjectKeys): Hold | null {
  const bytes = keys.openState(row.team, row.sealed)
  return bytes ? Hold.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))) : null
}

/** A bulk retry as the store keeps it: its state, with its name, sealed under the team's key. */
export function encodeBulk(bulk: Bulk, keys: SubjectKeys): StoredBulk {
  const { id, team, status, version, since } = bulk
  return { id, team, status, version, since, sealed: keys.sealState(team, Buffer.from(JSON.stringify(bulk))) }
}

/** The bulk retry in a row, or null when the team's key is gone. */
export function decodeBulk(row: StoredBulk, keys: SubjectKeys): Bulk | null {
  const bytes = keys.openState(row.team, row.sealed)
  return bytes ? Bulk.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))) : null
}
