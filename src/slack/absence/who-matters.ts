import type { SaidAbsence, Whereabouts } from '../../domain/absence.ts'
import type { Found } from '../../domain/alert.ts'
import type { UserId } from '../../domain/ids.ts'
import { openDebts, type Run, settled } from '../../domain/run.ts'
import { holders } from '../../domain/standing.ts'
import type { AbsenceRules } from '../../rules/rules.ts'

/** Those whose absence changes something. */
export interface Matters {
  users: ReadonlySet<UserId>
  /** In lower case. */
  emails: ReadonlySet<string>
  /** Groups of the rules file, by key. */
  groups: ReadonlySet<string>
}

/** Who is asked in a run, owes something of it or has taken a step over; null when nobody is. */
export function whoMatters(run: Run): Matters | null {
  const users = new Set<UserId>()
  const emails = new Set<string>()
  const groups = new Set<string>()
  for (const step of run.steps) {
    if (!settled(step) && step.owner?.by.kind === 'person') users.add(step.owner.by.user)
    const asked = step.status === 'waiting' ? holders(step) : null
    if (!asked || step.wait === null || !('asked' in step.wait)) continue
    for (const each of [asked, ...(step.wait.standIns ?? []).map(({ asked: others }) => others)]) {
      for (const user of each.users) users.add(user)
      for (const email of each.people) emails.add(email)
      for (const { key } of each.groups) groups.add(key)
    }
    for (const { for: user } of step.wait.standIns ?? []) users.add(user)
  }
  for (const { owner } of openDebts(run)) if (owner.kind === 'person') users.add(owner.user)
  return users.size + emails.size + groups.size > 0 ? { users, emails, groups } : null
}

/** Those of whom the rules and people themselves speak. */
export const whoIsNamed = (rules: AbsenceRules, said: readonly SaidAbsence[]): Matters => ({
  users: new Set(said.flatMap(({ user, to }) => (to ? [user, to] : [user]))),
  emails: new Set([
    ...rules.away.flatMap(({ person, delegate }) => (delegate ? [person, delegate] : [person])),
    ...rules.standIns.flatMap(({ person, delegate }) => [person, delegate]),
    ...(rules.fallback?.people ?? []),
  ]),
  groups: new Set(rules.fallback?.groups.map(({ key }) => key) ?? []),
})

/** Where a run has too few people to answer, or nobody to look after what it left. */
export function outOfReachIn(run: Run, where: Whereabouts, now: number): Found[] {
  const steps = run.steps.flatMap((step): Found[] => {
    const { wait } = step
    if (step.status !== 'waiting' || (wait?.kind !== 'approval' && wait?.kind !== 'task')) return []
    if (wait.short === undefined) return []
    const matter = { kind: 'out-of-reach', of: wait.kind } as const
    const id = `out-of-reach/${run.id}/${step.key}/${wait.short}`
    return [{ team: run.team, id, run: run.id, step: step.key, matter, since: wait.short }]
  })
  const debts = openDebts(run).flatMap(({ step, owner, standIn }): Found[] => {
    const isGone = owner.kind === 'person' && where.away.get(owner.user)?.why === 'deactivated'
    if (!isGone || standIn) return []
    const matter = { kind: 'out-of-reach', of: 'debt' } as const
    return [{ team: run.team, id: `out-of-reach/${run.id}/${step}/debt`, run: run.id, step, matter, since: now }]
  })
  return [...steps, ...debts]
}
