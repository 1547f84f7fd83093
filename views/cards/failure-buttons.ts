import type { ActionsBlockElement, Button, KnownBlock, Overflow } from '@slack/types'
import type { Run, Step } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, plain } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { limits } from '../limits.ts'
import { tameLine } from '../outside-text.ts'
import {
  encodeCallsRef,
  encodeRunRef,
  encodeStepRef,
  type MenuChoice,
  type StepRef,
  stepBlockId,
} from '../references.ts'
import type { FailureState } from './failure-state.ts'

/** The buttons that do something in this state; none once the step is settled. */
export function failureButtons(run: Run, state: FailureState, ctx: DrawContext): KnownBlock[] {
  if (state.kind === 'settled') return []
  const ref: StepRef = { run: run.id, step: state.step.key, version: state.step.version }
  const elements: ActionsBlockElement[] = [...decisions(state, ref, ctx), ...menu(state, ref)]
  return [actions(elements, stepBlockId(ref))]
}

function decisions(state: FailureState, ref: StepRef, ctx: DrawContext): Button[] {
  const value = encodeStepRef(ref)
  const skip = button({ text: 'Skip…', action: actionIds.skip, value })
  const escalate = mayEscalate(state.step) ? [button({ text: 'Escalate…', action: actionIds.escalate, value })] : []
  switch (state.kind) {
    case 'retrying':
      return [button({ text: 'Retry now', action: actionIds.retry, value }), skip, ...escalate]
    case 'failed':
      return [button({ text: 'Retry', action: actionIds.retry, value, style: 'primary' }), skip, ...escalate]
    case 'unknown':
      return [
        // Always safe: what was made is found, and nothing is sent where the look does not tell.
        button({ text: 'Look again', action: actionIds.retry, value, style: 'primary' }),
        button({ text: 'Mark done…', action: actionIds.markDone, value }),
        absentButton(value, state.failure.service === null ? 'the service' : ctx.service(state.failure.service)),
        skip,
        ...escalate,
      ]
    default:
      return state.step.status === 'running' ? [skip, ...escalate] : []
  }
}

/** A ticket that is open or on its way is not opened twice. */
const mayEscalate = (step: Step): boolean => step.escalation === null || step.escalation.status === 'failed'

function absentButton(value: string, service: string): Button {
  return {
    ...button({ text: 'It is not there: retry', action: actionIds.retryAbsent, value }),
    confirm: {
      title: plain('Is it really not there?', limits.confirmTitle),
      text: plain(
        `Look in ${tameLine(service, 60)} first. Purser will send the request again as a new one: if the first one did arrive, there will be two.`,
        limits.confirmText,
      ),
      confirm: plain('It is not there: retry', limits.confirmButton),
      deny: plain('Not yet', limits.confirmButton),
    },
  }
}

interface MenuEntry {
  choice: MenuChoice
  text: string
  action: string
  value: string
}

function menu(state: FailureState, ref: StepRef): (Overflow | Button)[] {
  const markDone = {
    choice: 'mark-done',
    text: 'Mark done…',
    action: actionIds.markDone,
    value: encodeStepRef(ref),
  } as const
  const entries: MenuEntry[] = [
    ...(state.kind === 'failed' || state.kind === 'retrying' ? [markDone] : []),
    { choice: 'calls', text: 'Calls', action: actionIds.openAudit, value: encodeCallsRef(ref.run, ref.step) },
    { choice: 'cancel', text: 'Cancel run…', action: actionIds.cancelRun, value: encodeRunRef(ref.run) },
  ]
  // A key too long for the block id leaves the menu without its step: then each entry is a button of its own.
  if (stepBlockId(ref) === null) return entries.map(({ text, action, value }) => button({ text, action, value }))
  const options = entries.map(({ choice, text }) => ({ text: plain(text, limits.optionText), value: choice }))
  return [{ type: 'overflow', action_id: actionIds.stepMenu, options }]
}
