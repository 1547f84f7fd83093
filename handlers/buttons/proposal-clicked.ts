import { z } from 'zod'
import { whoAnswered } from '../../src/domain/earlier.ts'
import type { Proposable } from '../../src/domain/proposal.ts'
import type { Action } from '../../src/rules/rules.ts'
import type { ButtonHandler, ButtonPress, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { decodeProposalRef } from '../../views/references.ts'
import { type Answer, tell } from '../answer.ts'
import { decide } from '../decide.ts'
import { permit } from '../permit.ts'
import { runAtHand } from '../run-at-hand.ts'
import { cameTooLate } from '../too-late.ts'

/** What one has to be allowed to do, to confirm what somebody else has proposed or to withdraw it. */
const RIGHTS: Record<Proposable['kind'], readonly [Action, ...Action[]]> = {
  retry: ['retry'],
  edit: ['retry', 'start'],
  skip: ['skip'],
  'mark-done': ['mark-done'],
  cancel: ['cancel'],
  restart: ['cancel', 'start'],
}

const Withdraw = z.looseObject({ action_id: z.literal(actionIds.withdraw) })

/** Confirms or withdraws what somebody proposed, for those who may decide it themselves. */
export const proposalClicked: ButtonHandler = {
  action: /^proposal\.(?:confirm|withdraw)$/,
  async handle(press, ports) {
    const refusal = await settle(press, ports)
    if (refusal) await tell(ports, press, refusal)
  },
}

async function settle(press: ButtonPress, ports: HandlerPorts): Promise<Answer | null> {
  const ref = decodeProposalRef(press.value)
  if (!ref) return { drawing: buttonForgotten(), about: nobody(press.team) }
  const run = await ports.engine.run(press.team, ref.run)
  const proposal = run?.proposals?.find(({ id }) => id === ref.proposal)
  if (run && !proposal) {
    return await cameTooLate(ports, { run, by: whoAnswered(run, ref.proposal), status: run.status })
  }
  const [first, ...more] = RIGHTS[proposal?.decision.kind ?? 'cancel']
  const at = await runAtHand(ports, press, { id: ref.run, action: first })
  if (!at.ok) return at.answer
  for (const action of more) {
    const permitted = await permit(ports, press, { action, workflow: at.found.run.workflow })
    if (!permitted.ok) return permitted.answer
  }
  const kind = Withdraw.safeParse(press.action).success ? 'withdraw' : 'confirm'
  const decided = await decide(ports, press, { run: ref.run, decision: { kind, proposal: ref.proposal } })
  return decided.ok ? null : decided.answer
}
