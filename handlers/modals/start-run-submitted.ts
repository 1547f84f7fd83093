import type { KnownBlock } from '@slack/types'
import { holdsIn } from '../../src/domain/holds-in.ts'
import type { Run } from '../../src/domain/run.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import {
  drawContext,
  type HandlerPorts,
  type ModalHandler,
  type Submission,
  type SubmissionAnswer,
} from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import { alreadyStarted, buttonForgotten, refused, started, subjectBusy } from '../../views/answers/private.ts'
import { fieldErrors } from '../../views/modals/field-errors.ts'
import { backToForm, readStartValues } from '../../views/modals/start-run-modal.ts'
import { decodeStartRef, type StartRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import { erasuresAt } from '../../views/window-stamp.ts'
import { aboutRun, actorOf } from '../answer.ts'
import { forgetDraft, keepDraft } from '../form-drafts.ts'
import { permit } from '../permit.ts'
import { startForm } from '../start-window.ts'
import { subjectNote } from '../subject-note.ts'
import { shownInputs } from './shown-inputs.ts'
import { notDone } from './submitted.ts'

/** Starts a run from its form; sent twice, it is still one run. */
export const startRunSubmitted: ModalHandler = {
  callback: callbackIds.startRun,
  async handle(submission, ports) {
    const ref = decodeStartRef(submission.metadata)
    const definition = ports.workflows.find(({ name }) => name === ref?.workflow)
    if (!ref || !definition) return notDone(buttonForgotten())
    const permitted = await permit(ports, submission, { action: 'start', workflow: definition.name })
    if (!permitted.ok) return notDone(permitted.answer.drawing)
    const { values } = submission
    const input = readStartValues(values)
    const { channel } = ref
    // A newer version may ask for more: what was entered stays, and is looked through once more.
    if (ref.version !== definition.version) {
      return {
        kind: 'update',
        view: await startForm(ports, definition, { team: submission.team, initial: input, channel }),
      }
    }
    const answer = await ports.engine.start({
      team: submission.team,
      workflow: definition.name,
      input,
      actor: actorOf(submission),
      startKey: submission.viewId,
    })
    switch (answer.kind) {
      case 'started':
        return { kind: 'close', after: () => begun(ports, { submission, ref, run: answer.run }) }
      case 'already-started':
        return { kind: 'update', view: noticeModal(texts.startWindows.startedAlready, alreadyStarted(answer.run)) }
      case 'subject-busy':
        return await busy(ports, { run: answer.run, definition, submission, ref })
      case 'invalid':
        return invalid(answer.errors, values)
      case 'refused': {
        const { blocks, text } = refused(answer)
        return notDone({ text, blocks: [...blocks, ...draftOf(submission)] })
      }
    }
  },
  draft: draftOf,
  async closed(closing, ports) {
    const ref = decodeStartRef(closing.metadata)
    const definition = ports.workflows.find(({ name }) => name === ref?.workflow)
    if (definition) await keepDraft(ports, closing, { definition, ...closing })
  },
}

/** What was entered, behind a button that opens the form with it. */
function draftOf({ metadata, values }: Submission): KnownBlock[] {
  const ref = decodeStartRef(metadata)
  return ref ? backToForm(ref.workflow, readStartValues(values), erasuresAt(metadata)) : []
}

/** What was written is no draft any more, and whoever pressed Start sees that it has begun, where they asked for it. */
async function begun(
  ports: HandlerPorts,
  { submission, ref, run }: { submission: Submission; ref: StartRef; run: Run },
): Promise<void> {
  await forgetDraft(ports, submission, run.workflow)
  const place = { ...submission.place, channel: ref.channel }
  const channel = ports.rules.current().channel('runs', run.workflow)
  await ports.directory.learn(holdersOf(ports, run))
  await ports.surface.confirm(place, started(run, channel, drawContext(ports)), aboutRun(run))
}

/** Who paused what it waits for. */
const holdersOf = ({ engine }: HandlerPorts, run: Run) => holdsIn(run).flatMap((id) => engine.holds.known(id)?.by ?? [])

function invalid(errors: Readonly<Record<string, string>>, values: unknown): SubmissionAnswer {
  const placed = fieldErrors(errors, { blocks: shownInputs(values) })
  if (Object.keys(placed).length > 0) return { kind: 'errors', errors: placed }
  const message = Object.entries(errors).map(([field, error]) => `${field}: ${error}`)
  return notDone(refused({ message: message.join(' · '), hint: texts.startWindows.noSuchField }))
}

interface Busy {
  run: Run
  definition: WorkflowDefinition
  submission: Submission
  ref: StartRef
}

/** At the field that names the subject, with a way to the run that is there; else in the form's place. */
async function busy(ports: HandlerPorts, { run, definition, submission, ref }: Busy): Promise<SubmissionAnswer> {
  const initial = readStartValues(submission.values)
  const note = await subjectNote(ports, { run, initial })
  if (note) {
    const form = { team: submission.team, initial, channel: ref.channel, note }
    return { kind: 'update', view: await startForm(ports, definition, form) }
  }
  await ports.directory.learn([run.startedBy])
  return notDone(subjectBusy({ run, startedBy: run.startedBy }, drawContext(ports)))
}
