import { PersonNeeded } from '../domain/errors.ts'
import type { Run, Step } from '../domain/run.ts'
import { isOwn } from '../domain/standing.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import { type ApprovalWait, type Asked, union, type Wait } from '../domain/wait.ts'
import type { ApprovalRule } from '../rules/rules.ts'
import type { WaitStep } from './define-workflow.ts'
import { carried, type Draft, ENGINE } from './draft-change.ts'
import { eventWait } from './event-wait.ts'
import type { TransitionContext } from './events.ts'
import { failStep } from './fail-step.ts'
import { knownTo } from './known.ts'

/** Begins to wait for people, a time or an event. Where nobody can be asked, or the time cannot be worked out, the step fails. */
export function openWait(draft: Draft, definition: WaitStep): void {
  const step = draft.step(definition.key)
  let wait: Wait
  try {
    wait = waitFor(definition, draft.run, draft.context)
  } catch (error) {
    failStep(draft, step.key, toStepFailure(error))
    return
  }
  const { now } = draft.context
  draft.put({ ...carried(step), wait, status: 'waiting', startedAt: now })
  if (wait.kind === 'time' && wait.until <= now) {
    timeHasCome(draft, draft.step(step.key))
    return
  }
  draft.entry({ kind: 'step.waiting', step: step.key, ...waitFacts(wait) })
  if (wait.kind === 'event' && step.alerted) draft.markFailure(step.key)
  if (wait.kind === 'time' || wait.kind === 'event') return
  draft.tell({ kind: 'asked', step: step.key, by: ENGINE, text: null })
  draft.markStep(step.key)
}

/** The time for which a step waited is there. */
export function timeHasCome(draft: Draft, step: Step): void {
  if (step.status !== 'waiting' || step.wait?.kind !== 'time') return
  const { startedAt, wait } = step
  const at = draft.context.now
  draft.put({ ...carried(step), status: 'succeeded', startedAt, at, output: { until: wait.until }, markedBy: null })
  draft.entry({ kind: 'step.succeeded', step: step.key, facts: { until: wait.until } })
}

/** What a step waits for, by what is known now; throws PersonNeeded when that cannot be worked out. */
export function waitFor(definition: WaitStep, run: Run, { rules, now }: TransitionContext): Wait {
  const known = knownTo(run, rules)
  switch (definition.kind) {
    case 'approval':
      return approvalWait(rules.approval(definition.rule, run.input), run, now)
    case 'task': {
      const { asked, remindAfterMs, dueAfterMs } = rules.task(definition.rule, run.input)
      if (countOf(asked) === 0) throw nobodyToAsk('does this by hand')
      return {
        kind: 'task',
        since: now,
        asked,
        instructions: definition.instructions(known),
        reminders: remindAfterMs.map((after) => now + after),
        dueAt: dueAfterMs === null ? null : now + dueAfterMs,
        overdue: false,
      }
    }
    case 'event': {
      const { event, keyOf, within } = definition
      const rule = rules.event(event)
      return eventWait({ event, key: keyOf(known), rule, within: within?.(known) ?? null }, now)
    }
    case 'time':
      return { kind: 'time', since: now, ...definition.ends(known, now) }
  }
}

/** Where too few of those who are asked may decide at all, the others are asked at once. */
function approvalWait(rule: ApprovalRule, run: Run, now: number): ApprovalWait {
  const { quorum, selfApproval, fallback, expiry } = rule
  const suffices = (asked: Asked): boolean => countOf(selfApproval ? asked : withoutOwn(asked, run)) >= quorum
  const isEnough = suffices(rule.asked)
  const asked = isEnough || !fallback ? rule.asked : union(rule.asked, fallback.asked)
  if (!suffices(asked)) throw nobodyToAsk('may approve this')
  return {
    kind: 'approval',
    since: now,
    asked,
    quorum,
    selfApproval,
    reminders: rule.remindAfterMs.map((after) => now + after),
    fallback: isEnough && fallback ? { at: now + fallback.afterMs, asked: fallback.asked } : null,
    expiry: expiry && { at: now + expiry.afterMs, outcome: expiry.outcome },
  }
}

/** A group has any number of people; who is in it is looked up when they answer. */
const countOf = ({ groups, people, users }: Asked): number =>
  groups.length > 0 ? Number.POSITIVE_INFINITY : people.length + users.length

function withoutOwn({ groups, people, users }: Asked, run: Run): Asked {
  const { team } = run
  return {
    groups,
    people: people.filter((email) => !run.subject.key.split(/\s+/).includes(email)),
    users: users.filter((user) => !isOwn(run, { actor: { kind: 'person', team, user }, email: null })),
  }
}

const nobodyToAsk = (what: string): PersonNeeded =>
  new PersonNeeded({
    code: 'nobody-to-ask',
    message: `By the rules of this run, too few people are left who ${what}: who started the run, or is its subject, does not count.`,
    hint: 'Name more people or a group in the rules file, cancel the run and start it anew.',
  })

/** What an entry may say of a wait in the open; who is asked by name stands in its sealed body. */
function waitFacts(wait: Wait) {
  if (wait.kind === 'event') return { facts: { for: wait.kind, event: wait.event }, body: { key: wait.key } }
  if (wait.kind === 'time') return { facts: { for: wait.kind, until: wait.until } }
  if (!('asked' in wait)) return { facts: { for: wait.kind } }
  const groups = wait.asked.groups.map(({ key }) => key).join(' ')
  const quorum = wait.kind === 'approval' ? { quorum: wait.quorum } : {}
  return { facts: { for: wait.kind, groups, ...quorum }, body: { asked: wait.asked } }
}
