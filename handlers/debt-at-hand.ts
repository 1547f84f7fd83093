import type { Person } from '../src/domain/actor.ts'
import { actorText } from '../src/domain/actor.ts'
import type { Debt } from '../src/domain/debt.ts'
import type { RunId, StepKey } from '../src/domain/ids.ts'
import { openDebts } from '../src/domain/run.ts'
import { isAsked } from '../src/domain/standing.ts'
import type { Action } from '../src/rules/rules.ts'
import { answererOf } from '../src/slack/ask/list-asks.ts'
import type { Asker } from '../src/slack/authorize.ts'
import { actorsIn } from '../src/slack/draw-card.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { buttonForgotten } from '../views/answers/private.ts'
import { actorOf, type Found } from './answer.ts'
import { permit, whoAsks } from './permit.ts'
import { type RunAtHand, runAtHand } from './run-at-hand.ts'
import { cameTooLate } from './too-late.ts'

const looksAfter = ({ standIn }: Debt, who: Person): boolean =>
  standIn !== undefined && isAsked(standIn.asked, answererOf(who))

export interface DebtAtHand extends RunAtHand {
  debt: Debt
}

/** What is still owed, if whoever asks owes it or may do this. */
export async function debtAtHand(
  ports: HandlerPorts,
  asked: Asker,
  { ref, action }: { ref: { run: RunId; step: StepKey } | null; action: Action },
): Promise<Found<DebtAtHand>> {
  const run = ref && (await ports.engine.run(asked.team, ref.run))
  if (!ref || !run) return { ok: false, answer: { drawing: buttonForgotten(), about: nobody(asked.team) } }
  const debt = openDebts(run).find(({ step }) => step === ref.step)
  const asker = await whoAsks(ports, asked)
  if (!asker.ok) return asker
  const isOwner = debt && (actorText(debt.owner) === actorText(actorOf(asked)) || looksAfter(debt, asker.found))
  if (!isOwner) {
    const permitted = await permit(ports, asked, { action, workflow: run.workflow })
    if (!permitted.ok) return permitted
  }
  if (!debt) {
    const closed = run.debts.find(({ step }) => step === ref.step)?.closed
    const by = closed ? { kind: 'close-debt' as const, reason: closed.evidence, ...closed } : null
    return { ok: false, answer: await cameTooLate(ports, { run, by, status: run.status }) }
  }
  await ports.directory.learn(actorsIn(run))
  const at = await runAtHand(ports, asked, { id: run.id, action: isOwner ? 'see' : action })
  return at.ok ? { ok: true, found: { ...at.found, debt } } : at
}
