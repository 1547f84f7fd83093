import type { Kin, Store } from '../../db/store.ts'
import type { RunId } from '../domain/ids.ts'
import { ended, openDebts, type Run } from '../domain/run.ts'
import { undoes } from '../domain/step-key.ts'
import type { DecisionRequest } from './decisions.ts'
import type { RunEvent } from './events.ts'
import type { LiveRuns } from './live-runs.ts'
import type { ChildEnd } from './open-subflow.ts'

interface Ports {
  store: Pick<Store, 'run'>
  live: Pick<LiveRuns, 'read' | 'post'>
}

/**
 * Tells a run that one which its step began has ended, and cancels what a cancelled run leaves under way. It goes by what
 * is on disk: done twice it does nothing more, and a start does it again for whatever a crash left untold.
 */
export async function settleKin({ store, live }: Ports, { team, parent, child }: Kin): Promise<void> {
  const row = await store.run(team, child)
  if (!row) return
  if (row.endedAt === null) {
    const order = cancelOrder(await live.read(team, parent), child)
    if (!order) return
    const answer = await live.post(team, child, order)
    if (answer.kind === 'no-such-run' || !ended(answer.run)) return
  }
  await live.post(team, parent, { kind: 'child-ended', ...endOf(await live.read(team, child), child) })
}

/** How a run ended; of one whose subject was erased nobody knows more than that it was stopped. */
function endOf(run: Run | null, child: RunId): ChildEnd {
  if (!run) return { run: child, status: 'cancelled', debts: 0, reason: 'Whom it was about was erased.' }
  const refused = run.steps.find((step) => step.status === 'refused')
  const reason = run.status === 'refused' ? refused?.reason : run.cancelled?.reason
  return { run: child, status: run.status, debts: openDebts(run).length, reason: reason ?? null }
}

function cancelOrder(parent: Run | null, child: RunId): RunEvent | null {
  if (!parent?.cancelled) return null
  const about = parent.steps.filter(({ wait }) => wait?.kind === 'run' && wait.run === child)
  const undo = about.some((step) => undoes(step.key) !== null && step.status === 'waiting')
  const isLeft = about.some((step) => undoes(step.key) === null && step.status === 'cancelled')
  // With its undo it waits until what comes behind it is undone.
  if (!undo && (parent.cancelled.undo || !isLeft)) return null
  const decision: DecisionRequest = { kind: 'cancel', reason: parent.cancelled.reason, undo }
  return { kind: 'decided', decision, actor: parent.cancelled.by, follows: true }
}
