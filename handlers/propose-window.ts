import type { ModalView } from '@slack/types'
import type { Seconded } from '../src/domain/proposal.ts'
import type { Run, Step } from '../src/domain/run.ts'
import { stepName } from '../src/domain/step-key.ts'
import { asksForSecond } from '../src/engine/propose-decision.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { asProposal } from '../views/modals/as-proposal.ts'

interface Decided {
  run: Run
  /** Null for what is decided about the whole run. */
  step: Step | null
  decision: Seconded
}

/** The window as it is, or, where the rules ask for a second person, as one that proposes. */
export async function proposeWindow(
  { rules }: Pick<HandlerPorts, 'rules'>,
  { run, step, decision }: Decided,
  view: ModalView,
): Promise<ModalView> {
  const deciding = run.heldBack ? rules.current() : await rules.at(run.rules)
  const at = { decision, step: step && stepName(step.key) }
  return asksForSecond(run, deciding, at) ? asProposal(view) : view
}
