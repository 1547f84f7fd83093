import type Database from 'better-sqlite3'
import { isDiskFailure, translate } from '../../src/domain/disk-trouble.ts'

interface Member<Change, Outcome> {
  change: Change
  resolve(outcome: Outcome): void
  reject(error: unknown): void
}

interface GroupCommitOptions<Change, Outcome> {
  db: Database.Database
  /** Checks the guards before it writes anything; runs inside the transaction. */
  write(change: Change): Outcome
  /** Somebody waits for it: it goes before what machines write. */
  isUrgent?(change: Change): boolean
  /** The disk did not say whether the group is on it: nothing can be promised any more. */
  onDiskFailure(error: unknown): void
}

/** Changes in one commit, at most: the event loop stands still meanwhile. */
const MOST = 100
/** Of these so many are kept for what machines write, oldest first: people who press without end hold up nothing for ever. */
const KEPT_FOR_THE_REST = 25

/** Collects the changes of one turn of the event loop into one commit, those first for which somebody waits; each caller is answered when it is on disk. */
export function createGroupCommit<Change, Outcome>(options: GroupCommitOptions<Change, Outcome>) {
  const begin = options.db.prepare('BEGIN IMMEDIATE')
  const end = options.db.prepare('COMMIT')
  const undo = options.db.prepare('ROLLBACK')
  const urgent: Member<Change, Outcome>[] = []
  const waiting: Member<Change, Outcome>[] = []
  let scheduled = false
  const idle: (() => void)[] = []

  const commitGroup = (group: readonly Member<Change, Outcome>[]): void => {
    let outcomes: Outcome[]
    begin.run()
    try {
      outcomes = group.map((member) => options.write(member.change))
    } catch (error) {
      if (isDiskFailure(error)) options.onDiskFailure(error)
      if (options.db.inTransaction) undo.run()
      // One bad member must not take the others with it: each again, alone.
      if (group.length > 1) for (const member of group) commitGroup([member])
      else group[0]?.reject(translate(error))
      return
    }
    try {
      end.run()
    } catch (error) {
      if (options.db.inTransaction) undo.run()
      if (isDiskFailure(error)) options.onDiskFailure(error)
      for (const member of group) member.reject(translate(error))
      return
    }
    for (const [index, member] of group.entries()) member.resolve(outcomes[index] as Outcome)
  }

  const flush = (): void => {
    const group = urgent.splice(0, MOST - Math.min(KEPT_FOR_THE_REST, waiting.length))
    group.push(...waiting.splice(0, MOST - group.length))
    try {
      if (group.length > 0) commitGroup(group)
    } catch (error) {
      if (isDiskFailure(error)) options.onDiskFailure(error)
      for (const member of group) member.reject(translate(error))
    }
    scheduled = urgent.length + waiting.length > 0
    if (scheduled) setImmediate(flush)
    else for (const resume of idle.splice(0)) resume()
  }

  return {
    commit(change: Change): Promise<Outcome> {
      return new Promise((resolve, reject) => {
        const line = options.isUrgent?.(change) ? urgent : waiting
        line.push({ change, resolve, reject })
        if (scheduled) return
        scheduled = true
        setImmediate(flush)
      })
    },
    /** Resolves when everything that was given to `commit` is on disk. */
    drained(): Promise<void> {
      return scheduled ? new Promise((resolve) => idle.push(resolve)) : Promise.resolve()
    },
  }
}
