import { expect } from 'vitest'
import type { Whereabouts } from '../../src/domain/absence.ts'
import { failureCardId } from '../../src/domain/card.ts'
import { proposedStep } from '../../src/domain/proposal.ts'
import { ended, isBlocking, itemsOf, openDebts, type Run, type Step, settled, stepOf } from '../../src/domain/run.ts'
import { stepName, undoes } from '../../src/domain/step-key.ts'
import { buildsOn } from '../../src/domain/undo-plan.ts'
import { dueTimes } from '../../src/domain/wait.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import type { RunChange, RunEvent, Transition } from '../../src/engine/events.ts'
import { wakeAt } from '../../src/engine/transition.ts'
import type { Rules } from '../../src/rules/rules.ts'

interface Situation {
  definition: WorkflowDefinition
  rules: Rules
}

/** What holds of a run at any moment. */
export function checkState(run: Run, { definition, rules }: Situation): void {
  expect(run.endedAt !== null, 'it has an end when it has ended').toBe(ended(run))
  expect(ended(run), 'it ends exactly when all steps are settled').toBe(run.steps.every(settled))
  expect(run.status === 'blocked', 'blocked when a step waits for a person').toBe(
    !ended(run) && run.steps.some(isBlocking),
  )
  expect(run.debts.map(({ step }) => step).sort(), 'debts are skips').toEqual(keysOf(run, 'skipped'))
  if (run.status === 'succeeded') expect(openDebts(run)).toEqual([])
  if (run.status === 'succeeded-with-debt') expect(openDebts(run).length).toBeGreaterThan(0)
  checkProposals(run)

  for (const { key, needs, optional, after, when } of definition.steps) {
    const step = must(run, key)
    const edges = [...needs, ...optional, ...after].map((edge) => must(run, edge))
    const missing = needs.filter((need) => must(run, need).status !== 'succeeded')
    if (step.status === 'pending') expect(edges.every(settled), `${key} is not forgotten`).toBe(false)
    else if (step.status !== 'cancelled') expect(edges.every(settled), `${key} comes after its edges`).toBe(true)
    if (step.status === 'not-needed') {
      if (step.because === 'rule') expect([missing, when?.({ input: {}, rules })]).toEqual([[], false])
      else if (must(run, step.because).status !== 'refused') expect(missing).toContain(step.because)
    } else if (step.status !== 'pending' && step.status !== 'cancelled') {
      expect(missing, `${key} has what it needs`).toEqual([])
    }
  }
  checkRefusals(run, definition)
  for (const step of run.steps) checkVotes(run, step)
  checkItems(run, definition)
  checkUndo(run, definition)
  checkWake(run, { definition, rules })
}

/** A proposal is about what is there: a step as it stands now, or a run that has not ended; one for each. */
function checkProposals(run: Run): void {
  const proposals = run.proposals ?? []
  expect(new Set(proposals.map(proposedStep)).size, 'one proposal at a time').toBe(proposals.length)
  if (ended(run)) expect(proposals, 'nothing is proposed of what has ended').toEqual([])
  for (const { decision } of proposals) {
    if ('step' in decision) expect(must(run, decision.step).version).toBe(decision.stepVersion)
  }
}

/** What a refusal stops, it stops; and it stops nothing else. */
function checkRefusals(run: Run, definition: WorkflowDefinition): void {
  const behind = new Set<string>(keysOf(run, 'refused'))
  for (const { key, needs, after } of definition.steps) {
    const step = must(run, key)
    if (behind.has(key)) continue
    if ([...needs, ...after].some((edge) => behind.has(edge))) {
      behind.add(key)
      expect(['pending', 'not-needed', 'cancelled'], `${key} stands behind a refusal`).toContain(step.status)
    } else if (step.status === 'not-needed' && step.because !== 'rule') {
      expect(must(run, step.because).status, `${key} stands behind no refusal`).not.toBe('refused')
    }
  }
  if (run.endedAt !== null && run.status !== 'cancelled') {
    expect(run.status === 'refused', 'refused when an approval was').toBe(keysOf(run, 'refused').length > 0)
  }
}

/** Votes count once a person, never for oneself, and exactly as many as the rules ask for. */
function checkVotes(run: Run, step: Step): void {
  if (step.wait?.kind !== 'approval') return
  const approvals = step.decisions.filter(({ kind }) => kind === 'approve')
  const refusals = step.decisions.filter(({ kind }) => kind === 'refuse')
  const voters = [...approvals, ...refusals].map(({ by }) => JSON.stringify(by))
  expect(new Set(voters).size, 'nobody answers twice').toBe(voters.length)
  expect(voters, 'nobody approves their own').not.toContain(JSON.stringify(run.startedBy))
  expect(
    voters.filter((by) => by.includes('U0JANE')),
    'nor whom it is about',
  ).toEqual([])
  const given = approvals.map((each) => each.for ?? (each.by.kind === 'person' ? each.by.user : ''))
  expect(new Set(given).size, 'a voice counts once, whoever stands in').toBe(given.length)
  const standIns = step.wait.standIns ?? []
  const isInPlace = standIns.length > 0 || step.decisions.some((each) => each.for !== undefined)
  const voices = isInPlace ? 2 : step.decisions.filter(({ kind }) => kind === 'delegate').length
  expect(voters.filter((by) => by.includes('U0NED')).length, 'others only in somebody’s place').toBeLessThanOrEqual(
    voices,
  )
  expect(refusals.length, 'one refusal ends it').toBe(step.status === 'refused' && step.by.kind === 'person' ? 1 : 0)
  if (step.status === 'waiting') expect(approvals.length).toBeLessThan(step.wait.quorum)
  if (step.status === 'succeeded') {
    const expired = step.markedBy === null
    if (!expired) expect(approvals.length, 'it is approved by as many as asked for').toBe(step.wait.quorum)
    const approvedBy = approvals.flatMap(({ by }) => (by.kind === 'person' ? [by.user] : []))
    expect(step.output).toEqual({ approvedBy, expired })
  }
}

/** Nobody who may not decide stands in, and who is away never stands in for others. */
export function checkStandIns(run: Run, where: Whereabouts): void {
  for (const step of run.steps) {
    if (step.status !== 'waiting' || step.wait?.kind !== 'approval') continue
    for (const { for: user, asked, over } of step.wait.standIns ?? []) {
      expect(over, 'stands in as long as they are away').toBe(!where.away.has(user))
      if (over) continue
      expect(
        asked.users.filter((each) => where.away.has(each)),
        'who stands in is there',
      ).toEqual([])
      if (run.startedBy.kind === 'person') expect(asked.users).not.toContain(run.startedBy.user)
      expect(asked.users, 'nor whom it is about').not.toContain('U0JANE')
    }
  }
}

function checkWake(run: Run, situation: Situation): void {
  const wake = wakeAt(run, situation)
  const due = run.steps.flatMap((step) => {
    const { alertAfterMs } = situation.rules.policy(situation.definition.name, step.key)
    const owner = step.owner && !settled(step) ? [step.owner.until] : []
    if (step.status === 'waiting') return [...(step.wait ? dueTimes(step.wait) : []), ...owner]
    const open = step.status === 'running' || step.status === 'backing-off'
    const alert = open && !step.alerted && step.failing ? [step.failing.since + alertAfterMs] : []
    return step.status === 'backing-off' ? [step.resumeAt, ...alert, ...owner] : [...alert, ...owner]
  })
  const debts = openDebts(run).flatMap(({ remindAt }) => remindAt ?? [])
  const proposals = (run.proposals ?? []).map(({ expiresAt }) => expiresAt)
  const all = [...debts, ...(ended(run) ? [] : [...due, ...proposals])]
  expect(wake, 'it is woken when something is first due').toBe(all.length === 0 ? null : Math.min(...all))
}

/** What holds of every change. */
export function checkChange(before: Run, event: RunEvent, change: RunChange): void {
  const { run, entries, work } = change
  for (const old of before.steps) {
    const now = must(run, old.key)
    expect(now.version, 'versions of steps only rise').toBeGreaterThanOrEqual(old.version)
    for (const [call, generation] of Object.entries(old.generations)) {
      expect(now.generations[call]).toBeGreaterThanOrEqual(generation)
    }
    if (now.status !== old.status) expect(now.version, 'a new status is a new version').toBeGreaterThan(old.version)
    if (now.alerted && shownOf(now) !== shownOf(old)) {
      const card = failureCardId(run.id, now.key)
      expect(
        change.cards.map(({ id }) => id),
        'a step with a failure card is drawn anew',
      ).toContain(card)
    }
    // The ticket of an escalation may still be answered; nothing else of a settled step changes.
    if (settled(old)) expect(forGood(now)).toEqual(forGood(old))
  }
  const late = entries.find(({ kind }) => kind === 'step.late-answer')
  if (late && run === before) {
    expect(run, 'a late answer changes nothing').toBe(before)
    expect(entries).toHaveLength(1)
    expect([...work, ...change.cards]).toEqual([])
  } else {
    expect(run.version).toBe(before.version + 1)
  }
  const begun = run.steps.flatMap((step) =>
    attemptsOf(step).filter((id) => !before.steps.flatMap(attemptsOf).includes(id)),
  )
  const handed = work.flatMap((item) => (item.kind === 'attempt' || item.kind === 'ticket' ? [item.attempt] : []))
  expect(handed.sort(), 'work is handed out exactly when it begins').toEqual(begun.sort())
  const abandoned = work.flatMap((item) => (item.kind === 'abandon' ? [item.attempt] : []))
  const left = before.steps.filter((step) => step.status === 'running' && settled(must(run, step.key)))
  const byPerson = event.kind === 'decided' ? left.map((step) => (step.status === 'running' ? step.attempt : '')) : []
  expect(abandoned.sort(), 'what a person ends is abandoned').toEqual(byPerson.sort())
  const endings = entries.filter(({ kind }) => kind === 'run.ended').length
  expect(endings, 'an end is entered once').toBe(ended(run) && !ended(before) ? 1 : 0)
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
}

/** What holds of every answer to an event, a change or not. */
export function checkAnswer(before: Run, event: RunEvent, answer: Transition): void {
  if (event.kind === 'decided') {
    const decided =
      answer.kind === 'change' ? answer.change.entries.filter(({ kind }) => kind.startsWith('decision.')) : []
    expect(decided.length, 'a decision is entered once or refused').toBe(answer.kind === 'change' ? 1 : 0)
    if ('stepVersion' in event.decision && answer.kind === 'change') {
      expect(event.decision.stepVersion).toBe(must(before, event.decision.step).version)
    }
    return
  }
  if (event.kind === 'attempt-succeeded' || event.kind === 'attempt-failed') {
    const step = must(before, event.step)
    const isCurrent = step.status === 'running' && step.attempt === event.attempt
    const kinds = answer.kind === 'change' ? answer.change.entries.map(({ kind }) => kind) : []
    expect(kinds.includes('step.late-answer'), 'what nobody waits for is kept as late').toBe(!isCurrent)
    expect(kinds.length).toBeGreaterThan(0)
  }
}

/** What was skipped or cancelled may still be told what it came to. */
function forGood(step: Step): object {
  const { late: _late, ...rest } = { ...step, escalation: null, alerted: true, calls: [] }
  return { ...rest, attempt: null, lost: null }
}

/** Items run within their concurrency, none is forgotten, and their step is settled exactly when all of them are. */
function checkItems(run: Run, definition: WorkflowDefinition): void {
  for (const each of definition.steps) {
    if (each.kind !== 'each') continue
    const items = itemsOf(run, each.key)
    const running = items.filter(({ status }) => status === 'running').length
    expect(running, `${each.key} keeps to its concurrency`).toBeLessThanOrEqual(each.concurrency)
    const step = must(run, each.key)
    if (step.status === 'waiting') {
      expect(items.every(settled), `${each.key} goes on when all are settled`).toBe(false)
      if (items.some(({ status }) => status === 'pending')) expect(running, 'none is forgotten').toBe(each.concurrency)
    }
    if (step.status !== 'succeeded') continue
    expect(items.every(settled)).toBe(true)
    const results = items.map((item) => ({
      key: item.item?.key,
      ...(item.status === 'succeeded' ? { result: item.output } : {}),
    }))
    expect(step.output).toEqual(results)
  }
}

/** What builds on others is undone before them, and nothing is undone while it may still be done. */
function checkUndo(run: Run, { outline }: WorkflowDefinition): void {
  const undoing = run.steps.filter(({ key }) => undoes(key) !== null)
  if (undoing.length > 0) expect(run.cancelled, 'nothing is undone but after a cancel').toBeDefined()
  for (const step of undoing) {
    const target = must(run, undoes(step.key) as Step['key'])
    expect(settled(target)).toBe(true)
    if (step.status === 'pending' || step.status === 'cancelled') continue
    expect('attempt' in target && target.attempt !== undefined, 'its attempt has been heard of').toBe(false)
    const later = undoing.filter(({ key }) => buildsOn(outline, step.key).has(stepName(key)))
    expect(later.every(settled), `${step.key} comes after what builds on it`).toBe(true)
  }
}

function must(run: Run, key: Step['key']): Step {
  const step = stepOf(run, key)
  if (!step) throw new Error(`no step ${key}`)
  return step
}

/** What a failure card shows of a step. */
const shownOf = (step: Step): string =>
  JSON.stringify([step.status, step.alerted, step.decisions.length, step.escalation?.status, step.attempts])

const keysOf = (run: Run, status: Step['status']) =>
  run.steps
    .filter((step) => step.status === status)
    .map(({ key }) => key)
    .sort()

/** Attempts that somebody is carrying out for this step. */
const attemptsOf = (step: Step): string[] => [
  ...(step.status === 'running' ? [step.attempt] : []),
  ...(step.escalation?.status === 'opening' ? [step.escalation.attempt] : []),
]
