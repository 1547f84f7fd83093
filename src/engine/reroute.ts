import { isDeepStrictEqual } from 'node:util'
import { type Absence, present, type StandIn, standInFor, type Whereabouts } from '../domain/absence.ts'
import { person } from '../domain/actor.ts'
import type { Debt } from '../domain/debt.ts'
import type { HistoryLine } from '../domain/history-line.ts'
import type { UserId } from '../domain/ids.ts'
import { openDebts, type Run, type Step, type StepIn, settled } from '../domain/run.ts'
import { approvalsIn, holders, isOwn } from '../domain/standing.ts'
import { type ApprovalWait, type Asked, type TaskWait, union } from '../domain/wait.ts'
import { type Draft, ENGINE } from './draft-change.ts'
import { tellOfWidening } from './wake-wait.ts'

type Asking = ApprovalWait | TaskWait

/** Asks others in the place of those who are away, and no longer only them when they are back; false: nothing changes. */
export function reroute(draft: Draft, where: Whereabouts): boolean {
  let moved = false
  for (const { key } of draft.run.steps) {
    const step = draft.step(key)
    if (step.status === 'waiting' && (step.wait?.kind === 'approval' || step.wait?.kind === 'task')) {
      moved = rerouteStep(draft, { step, wait: step.wait }, where) || moved
    }
    moved = letGoOfOwner(draft, step, where) || moved
  }
  for (const debt of openDebts(draft.run)) moved = rerouteDebt(draft, debt, where) || moved
  return moved
}

function rerouteStep(
  draft: Draft,
  { step, wait }: { step: StepIn<'waiting'>; wait: Asking },
  where: Whereabouts,
): boolean {
  const { run } = draft
  const { now } = draft.context
  const standIns = standInsFor({ run, step, wait }, where, now)
  const { standIns: before = [], short: wasShort, ...rest } = wait
  const placed: Asking = { ...rest, ...(standIns.length > 0 ? { standIns } : {}) }
  const wide = isOutOfReach({ run, step, wait: placed }, where) ? widened(placed) : null
  const asked = wide ?? placed
  const isShort = isOutOfReach({ run, step, wait: asked }, where)
  const short = isShort ? (wasShort ?? now) : undefined
  const isSame = !wide && isDeepStrictEqual(before, standIns) && wasShort === short
  if (isSame) return false
  draft.put({ ...step, wait: { ...asked, ...(short === undefined ? {} : { short }) } })
  tellOfAbsences(draft, step, { before, standIns })
  if (wide) tellOfWidening(draft, step)
  if (isShort && wasShort === undefined) {
    draft.entry({ kind: 'step.out-of-reach', step: step.key, facts: { approvals: approvalsIn(step).length } })
    draft.tell({ kind: 'out-of-reach', step: step.key, by: ENGINE, text: null })
  }
  draft.markStep(step.key)
  draft.markRun(false)
  return true
}

interface About {
  run: Run
  step: Step
  wait: Asking
}

/** Who stands in for whom now. Whoever stood in for somebody who is back goes on being asked. */
function standInsFor({ run, step, wait }: About, where: Whereabouts, now: number): StandIn[] {
  const asked = holders({ ...step, wait })
  if (!asked) return []
  const own = ownMembers(run, where)
  const isEnough = wait.kind === 'task' || wait.quorum === 1
  const byRight = rightful(asked, where)
  const mayNot = (user: UserId): boolean =>
    (wait.kind === 'approval' && !wait.selfApproval && own(user)) || (!isEnough && byRight.includes(user))
  const before = wait.standIns ?? []
  const fresh = awayOf(asked, where).flatMap(({ absence, email }): StandIn[] => {
    const to = standInFor(absence.user, where, mayNot)
    if (!to) return []
    const known = before.find((each) => each.for === absence.user && !each.over)
    const { why, until } = absence
    return [{ for: absence.user, email, asked: to, why, since: known?.since ?? now, until, over: false }]
  })
  // Of one who is away and for whom there is nobody any more, nothing is left.
  const back = before.filter((each) => !where.away.has(each.for) && isHolder(asked, where, each))
  return [...fresh, ...back.map((each) => ({ ...each, over: true }))]
}

const isHolder = (asked: Asked, where: Whereabouts, { for: user, email }: StandIn): boolean =>
  rightful(asked, where).includes(user) || (email !== null && asked.people.includes(email))

interface Gone {
  absence: Absence
  email: string | null
}

/** Those who are asked and away; members of a group only where nobody else of it is there. */
function awayOf({ users, people, groups }: Asked, where: Whereabouts): Gone[] {
  const one = (user: UserId | undefined, email: string | null): Gone[] => {
    const absence = user === undefined ? undefined : where.away.get(user)
    return absence ? [{ absence, email }] : []
  }
  const ofGroups = groups.flatMap(({ key }) => {
    const members = where.groups.get(key) ?? []
    return members.every((user) => where.away.has(user)) ? members : []
  })
  const all = [
    ...users.flatMap((user) => one(user, null)),
    ...people.flatMap((email) => one(where.users.get(email), email)),
    ...ofGroups.flatMap((user) => one(user, null)),
  ]
  return all.filter(({ absence }, index) => all.findIndex((each) => each.absence.user === absence.user) === index)
}

/** Those who are asked themselves, as far as they are known by id. */
const rightful = ({ users, people, groups }: Asked, where: Whereabouts): UserId[] => [
  ...users,
  ...people.flatMap((email) => where.users.get(email) ?? []),
  ...groups.flatMap(({ key }) => where.groups.get(key) ?? []),
]

/** Whether somebody started the run, or it is about them. */
function ownMembers(run: Run, where: Whereabouts): (user: UserId) => boolean {
  const addresses = new Map([...where.users].map(([email, user]) => [user, email]))
  return (user) => isOwn(run, { actor: person(run.team, user), email: addresses.get(user) ?? null })
}

/** Whether too few are there who can answer: each voice counts once, and each person. */
function isOutOfReach({ run, step, wait }: About, where: Whereabouts): boolean {
  const asked = holders({ ...step, wait })
  if (!asked) return false
  const own = ownMembers(run, where)
  const isOut = (user: UserId): boolean => wait.kind === 'approval' && !wait.selfApproval && own(user)
  const standIns = (wait.standIns ?? []).filter(({ over }) => !over)
  const there = countOf(present(asked, where, isOut), where, isOut)
  const others = standIns.filter((each) => present(each.asked, where, isOut) !== null).length
  const given = approvalsIn(step).length
  return there + others + given < (wait.kind === 'approval' ? wait.quorum : 1)
}

function countOf(asked: Asked | null, where: Whereabouts, isOut: (user: UserId) => boolean): number {
  if (!asked) return 0
  // Who is in a group that could not be read is not known: it may be anybody.
  if (asked.groups.some(({ key }) => !where.groups.has(key))) return Number.POSITIVE_INFINITY
  const users = rightful(asked, where).filter((user) => !where.away.has(user) && !isOut(user))
  const unknown = asked.people.filter((email) => !where.users.has(email)).length
  return new Set(users).size + unknown
}

/** Where too few are there, those whom the rules name for later are asked at once; null when there are none. */
function widened(wait: Asking): ApprovalWait | null {
  if (wait.kind !== 'approval' || !wait.fallback) return null
  return { ...wait, asked: union(wait.asked, wait.fallback.asked), fallback: null }
}

function tellOfAbsences(
  draft: Draft,
  { key }: Step,
  { before, standIns }: { before: readonly StandIn[]; standIns: readonly StandIn[] },
): void {
  for (const each of standIns) {
    const known = before.find((other) => other.for === each.for)
    const isNews = !known || known.over !== each.over || !isDeepStrictEqual(known.asked, each.asked)
    if (!isNews) continue
    const kind = each.over ? 'returned' : 'rerouted'
    const facts = { for: each.for, why: each.why, ...(each.until === null ? {} : { until: each.until }) }
    draft.entry({ kind: `step.${kind}`, step: key, facts, body: { asked: each.asked } })
    draft.tell({ ...lineOf(draft.run, each), kind, step: key })
  }
}

/** A stand-in as the run's story tells it; `to` where it is one person. */
function lineOf({ team }: Run, { for: user, asked, why, until }: StandIn): Omit<HistoryLine, 'at' | 'kind' | 'step'> {
  const [only, ...more] = asked.users
  const isOne = more.length + asked.groups.length + asked.people.length === 0
  const to = only && isOne ? { to: person(team, only) } : {}
  return { by: ENGINE, text: null, away: { who: person(team, user), why, until }, ...to }
}

/** Who took a failing step over and is away keeps it from nobody. */
function letGoOfOwner(draft: Draft, { key }: Step, { away }: Whereabouts): boolean {
  const { owner, ...step } = draft.step(key)
  if (settled(draft.step(key)) || owner?.by.kind !== 'person' || !away.has(owner.by.user)) return false
  draft.put(step)
  draft.entry({ kind: 'step.lapsed', step: key, facts: { away: true } })
  draft.tell({ kind: 'lapsed', step: key, by: ENGINE, to: owner.by, text: null })
  draft.markStep(key)
  draft.markRun(false)
  return true
}

function rerouteDebt(draft: Draft, debt: Debt, where: Whereabouts): boolean {
  const { standIn: before, ...rest } = debt
  const absence = debt.owner.kind === 'person' ? where.away.get(debt.owner.user) : undefined
  const to = absence ? standInFor(absence.user, where, () => false) : null
  const since = before?.since ?? draft.context.now
  const standIn: StandIn | undefined =
    absence && to ? { for: absence.user, email: null, asked: to, ...parts(absence), since, over: false } : undefined
  // Not as text: what was read from disk has its fields in another order.
  if (isDeepStrictEqual(before, standIn)) return false
  const changed: Debt = { ...rest, ...(standIn ? { standIn } : {}) }
  draft.run.debts = draft.run.debts.map((each) => (each.step === debt.step ? changed : each))
  const told = standIn ?? before
  if (told) {
    const facts = { for: told.for, why: told.why, over: !standIn }
    draft.entry({ kind: 'debt.rerouted', step: debt.step, facts, body: { asked: told.asked } })
    draft.tell({ ...lineOf(draft.run, told), kind: standIn ? 'debt-rerouted' : 'debt-returned', step: debt.step })
  }
  draft.markStep(debt.step)
  draft.markRun(false)
  return true
}

const parts = ({ why, until }: Absence) => ({ why, until })
