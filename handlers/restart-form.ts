import type { ModalView } from '@slack/types'
import type { RunId } from '../src/domain/ids.ts'
import type { Asker } from '../src/slack/authorize.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { restartModal } from '../views/modals/restart-modal.ts'
import type { Found } from './answer.ts'
import { permit } from './permit.ts'
import { type RunAtHand, runAtHand } from './run-at-hand.ts'

/** The run, if whoever asks may end it and begin one like it. */
export async function runToRestart(ports: HandlerPorts, asked: Asker, id: RunId | null): Promise<Found<RunAtHand>> {
  const at = await runAtHand(ports, asked, { id, action: 'cancel' })
  if (!at.ok) return at
  const permitted = await permit(ports, asked, { action: 'start', workflow: at.found.run.workflow })
  return permitted.ok ? at : permitted
}

export const restartForm = (
  { rules }: Pick<HandlerPorts, 'rules'>,
  { run, definition }: Pick<RunAtHand, 'run' | 'definition'>,
): ModalView =>
  restartModal({
    run,
    outline: definition.outline,
    schema: definition.input,
    version: definition.version,
    rules: rules.current().version,
  })
