import { openDebts, type Run, type Step } from './run.ts'

/** Something with a day by which it should be done. */
export interface DueThing {
  /** `expiry`: an approval counts as refused, or as the rules say, when nobody answers. */
  kind: 'task' | 'expiry' | 'debt'
  step: Step['key']
  at: number
}

/** What is due in a run, or was, earliest first: tasks, approvals that expire, what skips left owed. */
export function dueThings(run: Run): DueThing[] {
  const waits = run.steps.flatMap((step): DueThing[] => {
    if (step.status !== 'waiting' || step.wait === null) return []
    if (step.wait.kind === 'task' && step.wait.dueAt !== null)
      return [{ kind: 'task', step: step.key, at: step.wait.dueAt }]
    if (step.wait.kind === 'approval' && step.wait.expiry)
      return [{ kind: 'expiry', step: step.key, at: step.wait.expiry.at }]
    return []
  })
  const debts = openDebts(run).map(({ step, due }): DueThing => ({ kind: 'debt', step, at: due }))
  return [...waits, ...debts].sort((a, b) => a.at - b.at)
}
