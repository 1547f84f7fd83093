import type { ActionsBlockElement, Button, KnownBlock, Overflow } from '@slack/types'
import { outlineOf, type WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run, Step } from '../../src/domain/run.ts'
import { approvalGiven } from '../../src/domain/standing.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, plain } from '../blocks.ts'
import type { DrawContext } from '../drawing.ts'
import { limits } from '../limits.ts'
import { tameLine } from '../outside-text.ts'
import {
  encodeCallsRef,
  encodeHoldRef,
  encodeRunRef,
  encodeStepRef,
  type MenuChoice,
  type StepRef,
  stepBlockId,
} from '../references.ts'
import { texts } from '../texts/index.ts'
import type { FailureState, FailureSubject } from './failure-state.ts'
import { resumeHoldButton, resumeRunButton } from './pause-buttons.ts'

interface ButtonsContext {
  ctx: DrawContext
  rules: FailureSubject['rules']
  outline: WorkflowOutline
}

/** The buttons that do something in this state; none once the step is settled. */
export function failureButtons(run: Run, state: FailureState, { ctx, rules, outline }: ButtonsContext): KnownBlock[] {
  if (state.kind === 'settled' || run.heldBack) return []
  const isApproval = outlineOf(outline, state.step.key)?.approval ?? false
  const ref: StepRef = { run: run.id, step: state.step.key, version: state.step.version }
  const elements: ActionsBlockElement[] = [
    ...goOn(run, state, ctx),
    ...decisions(state, ref, { ctx, isApproval }),
    ...menu(run, state, { ref, rules, isApproval }),
  ]
  return [actions(elements, stepBlockId(ref))]
}

function decisions(
  state: FailureState,
  ref: StepRef,
  { ctx, isApproval }: { ctx: DrawContext; isApproval: boolean },
): Button[] {
  const { failureCard: says, words } = texts
  const value = encodeStepRef(ref)
  // An approval is not passed over.
  const skip = isApproval ? [] : [button({ text: words.skip, action: actionIds.skip, value })]
  const escalate = mayEscalate(state.step) ? [button({ text: words.escalate, action: actionIds.escalate, value })] : []
  switch (state.kind) {
    case 'retrying':
      return [
        button({ text: says.retryNow, action: actionIds.retry, value }),
        button({ text: says.takeOver, action: actionIds.takeOver, value, label: says.takesOver }),
        ...skip,
        ...escalate,
      ]
    case 'failed':
      return [button({ text: words.retry, action: actionIds.retry, value, style: 'primary' }), ...skip, ...escalate]
    case 'unknown':
      return [
        // Always safe: what was made is found, and nothing is sent where the look does not tell.
        button({ text: says.look, action: actionIds.retry, value, style: 'primary' }),
        button({ text: words.markDone, action: actionIds.markDone, value }),
        absentButton(value, state.failure.service === null ? says.someService : ctx.service(state.failure.service)),
        ...skip,
        ...escalate,
      ]
    case 'held':
      return [...skip, ...escalate]
    default:
      return state.step.status === 'running' ? [...skip, ...escalate] : []
  }
}

/** What lets a held step go on: of a run its own button, of more than it one that says so. */
function goOn(run: Run, state: FailureState, ctx: DrawContext): Button[] {
  if (state.kind !== 'held') return []
  const { hold: id } = state.step
  if (id === null) return run.paused ? [resumeRunButton(run)] : []
  const hold = ctx.hold?.(id) ?? null
  if (hold?.status !== 'open') return []
  if (hold.kind === 'pause') return [resumeHoldButton(hold, ctx)]
  if (hold.kind !== 'incident') return []
  const value = encodeHoldRef(hold.id)
  return [button({ text: texts.holdCard.probe, action: actionIds.probeHold, value, style: 'primary' })]
}

/** A ticket that is open or on its way is not opened twice. */
const mayEscalate = (step: Step): boolean => step.escalation === null || step.escalation.status === 'failed'

function absentButton(value: string, service: string): Button {
  const says = texts.failureCard
  return {
    ...button({ text: says.notThere, action: actionIds.retryAbsent, value }),
    confirm: {
      title: plain(says.reallyNotThere, limits.confirmTitle),
      text: plain(says.lookFirst(tameLine(service, 60)), limits.confirmText),
      confirm: plain(says.notThere, limits.confirmButton),
      deny: plain(texts.words.notYet, limits.confirmButton),
    },
  }
}

const MOST_ENTRIES = 5

/** Where it stands as a button already, not in the menu too. */
function pauseEntries(run: Run, state: FailureState): MenuEntry[] {
  const value = encodeRunRef(run.id)
  if (run.paused) {
    const isButton = state.kind === 'held' && state.step.hold === null
    return isButton ? [] : [{ choice: 'resume', text: texts.words.resumeRun, action: actionIds.resumeRun, value }]
  }
  if (run.cancelled) return []
  return [{ choice: 'pause', text: texts.failureCard.pauseRun, action: actionIds.pauseRun, value }]
}

interface MenuEntry {
  choice: MenuChoice
  text: string
  action: string
  value: string
}

/** What else can be done; Slack shows five entries at most, and what is first here matters most. */
function menu(
  run: Run,
  state: FailureState,
  { ref, rules, isApproval }: { ref: StepRef; rules: FailureSubject['rules']; isApproval: boolean },
): (Overflow | Button)[] {
  const { failureCard: says, words } = texts
  const value = encodeStepRef(ref)
  const markDone = { choice: 'mark-done', text: words.markDone, action: actionIds.markDone, value } as const
  const edit = { choice: 'edit', text: says.edit, action: actionIds.edit, value } as const
  const today = { choice: 'retry-today', text: says.retryToday, action: actionIds.retryToday, value } as const
  const isOpen = state.kind === 'failed' || state.kind === 'retrying'
  const hasNewRules = rules !== undefined && rules.today !== run.rules
  const entries: MenuEntry[] = [
    // What was approved stays as it is.
    ...(isOpen && !approvalGiven(run) ? [edit] : []),
    ...((isOpen || state.kind === 'unknown') && hasNewRules ? [today] : []),
    ...((isOpen || state.kind === 'held') && !isApproval ? [markDone] : []),
    { choice: 'calls', text: words.calls, action: actionIds.openAudit, value: encodeCallsRef(ref.run, ref.step) },
    { choice: 'cancel', text: says.cancelRun, action: actionIds.cancelRun, value: encodeRunRef(ref.run) },
  ]
  // Slack shows no sixth one; the run card has the same.
  if (entries.length < MOST_ENTRIES) entries.splice(-1, 0, ...pauseEntries(run, state))
  // A key too long for the block id leaves the menu without its step: then each entry is a button of its own.
  if (stepBlockId(ref) === null) return entries.map(({ text, action, value }) => button({ text, action, value }))
  const options = entries.map(({ choice, text }) => ({ text: plain(text, limits.optionText), value: choice }))
  return [{ type: 'overflow', action_id: actionIds.stepMenu, options }]
}
