import type { Run } from '../../src/domain/run.ts'
import { drawContext, type HandlerPorts, type ModalHandler, type SubmissionAnswer } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { busyAtField } from '../../views/answers/busy-at-field.ts'
import { noticeModal } from '../../views/answers/notice-modal.ts'
import { alreadyStarted, buttonForgotten, refused, subjectBusy } from '../../views/answers/private.ts'
import { fieldErrors } from '../../views/modals/field-errors.ts'
import { readStartValues } from '../../views/modals/start-run-modal.ts'
import { decodeStartRef } from '../../views/references.ts'
import { actorOf } from '../answer.ts'
import { permit } from '../permit.ts'
import { startForm } from '../start-window.ts'
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
    // A newer version may ask for more: what was entered stays, and is looked through once more.
    if (ref.version !== definition.version) return { kind: 'update', view: startForm(ports, definition, input) }
    const answer = await ports.engine.start({
      team: submission.team,
      workflow: definition.name,
      input,
      actor: actorOf(submission),
      startKey: submission.viewId,
    })
    switch (answer.kind) {
      case 'started':
        return { kind: 'close' }
      case 'already-started':
        return { kind: 'update', view: noticeModal('Started already', alreadyStarted(answer.run)) }
      case 'subject-busy':
        return await busy(ports, answer.run, values)
      case 'invalid':
        return invalid(answer.errors, values)
      case 'refused':
        return notDone(refused(answer))
    }
  },
}

function invalid(errors: Readonly<Record<string, string>>, values: unknown): SubmissionAnswer {
  const placed = fieldErrors(errors, { blocks: shownInputs(values) })
  if (Object.keys(placed).length > 0) return { kind: 'errors', errors: placed }
  const message = Object.entries(errors).map(([field, error]) => `${field}: ${error}`)
  return notDone(
    refused({ message: message.join(' · '), hint: 'The form has no field for it. Tell whoever runs Purser.' }),
  )
}

/** At the field that names the subject, so that it can be put right there; else in the form's place. */
async function busy(ports: HandlerPorts, run: Run, values: unknown): Promise<SubmissionAnswer> {
  await ports.directory.learn([run.startedBy])
  const entered = Object.entries(readStartValues(values))
  const field = entered.find(([, value]) => typeof value === 'string' && value.trim().toLowerCase() === run.subject.key)
  if (field) return { kind: 'errors', errors: { [field[0]]: busyAtField(run, ports.directory.nameOf(run.startedBy)) } }
  return notDone(subjectBusy({ run, startedBy: run.startedBy }, drawContext(ports)))
}
