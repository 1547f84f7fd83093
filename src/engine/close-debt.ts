import { type Actor, person } from '../domain/actor.ts'
import type { Debt } from '../domain/debt.ts'
import { openDebts, type Run } from '../domain/run.ts'
import type { RequestOf } from './decisions.ts'
import { type Draft, ENGINE } from './draft-change.ts'
import type { Transition } from './events.ts'
import { enterDecision } from './record-decision.ts'

const DAY_MS = 86_400_000
/** Milliseconds between two reminders of what is overdue. */
const AGAIN_MS = 7 * DAY_MS

/** When the owner of a new debt is first reminded: a day before it is due. */
export const firstReminder = (due: number, now: number): number => (due - now > 2 * DAY_MS ? due - DAY_MS : due)

/** Closes what a skip left, with what shows that it is done; when nothing is owed any more, the run has succeeded. */
export function closeDebt(draft: Draft, decision: RequestOf<'close-debt'>, actor: Actor): Transition | null {
  const { run, context } = draft
  const debt = openDebts(run).find(({ step }) => step === decision.step)
  if (!debt) return closedBefore(run, decision.step)
  const left = openDebts(run).length - 1
  const made = enterDecision(
    draft,
    actor,
    { kind: 'close-debt', reason: decision.evidence, facts: { left } },
    { step: debt.step },
  )
  const closed = { by: actor, at: context.now, evidence: decision.evidence, entry: made.entry }
  put(draft, { ...debt, remindAt: null, closed })
  draft.tell({ kind: 'close-debt', step: debt.step, by: actor, text: decision.evidence })
  if (left === 0 && run.status === 'succeeded-with-debt') {
    run.status = 'succeeded'
    draft.entry({ kind: 'run.cleared', facts: { debts: run.debts.length } })
    draft.tell({ kind: 'cleared', step: null, by: ENGINE, text: null })
  }
  show(draft, debt)
  return null
}

/** Somebody else owes it from now on. */
export function handOverDebt(draft: Draft, decision: RequestOf<'hand-over-debt'>, actor: Actor): Transition | null {
  const debt = openDebts(draft.run).find(({ step }) => step === decision.step)
  if (!debt) return closedBefore(draft.run, decision.step)
  const { to, reason } = decision
  enterDecision(draft, actor, { kind: 'hand-over-debt', reason, to }, { step: debt.step })
  const { standIn: _, ...rest } = debt
  put(draft, { ...rest, owner: to })
  draft.tell({ kind: 'hand-over-debt', step: debt.step, by: actor, to, text: reason })
  show(draft, debt)
  return null
}

/** Reminds those who owe something; true when somebody was. */
export function remindOfDebts(draft: Draft): boolean {
  const { now } = draft.context
  const due = openDebts(draft.run).filter(({ remindAt }) => remindAt && now >= remindAt)
  for (const debt of due) {
    // However long nothing ran, people hear of it once.
    const remindAt = now < debt.due ? debt.due : now + AGAIN_MS
    put(draft, { ...debt, remindAt })
    draft.entry({ kind: 'debt.due', step: debt.step, facts: { overdue: now >= debt.due } })
    draft.tell({ kind: 'debt-due', step: debt.step, by: ENGINE, to: looksAfter(draft.run, debt), text: null })
    show(draft, debt)
  }
  return due.length > 0
}

/** Whoever stands in for the owner, where it is one person; else the owner. */
function looksAfter({ team }: Run, { owner, standIn }: Debt): Actor {
  const [only, ...more] = standIn?.asked.users ?? []
  return only && more.length === 0 ? person(team, only) : owner
}

function put({ run }: Draft, debt: Debt): void {
  run.debts = run.debts.map((each) => (each.step === debt.step ? debt : each))
}

function show(draft: Draft, { step }: Debt): void {
  draft.markStep(step)
  draft.markRun(true)
}

function closedBefore(run: Run, step: Debt['step']): Transition {
  const closed = run.debts.find((each) => each.step === step)?.closed
  if (!closed) return { kind: 'too-late', by: null, status: run.status }
  const { by, at } = closed
  return { kind: 'too-late', by: { kind: 'close-debt', by, at }, status: run.status }
}
