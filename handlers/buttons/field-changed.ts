import { PermanentFailure } from '../../src/domain/errors.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { fieldAction } from '../../views/action-ids.ts'
import { isSameForm } from '../../views/modals/same-form.ts'
import { readStartValues } from '../../views/modals/start-run-modal.ts'
import { decodeStartRef } from '../../views/references.ts'
import { erasuresAt, stamped } from '../../views/window-stamp.ts'
import { keepDraft } from '../form-drafts.ts'
import { permit } from '../permit.ts'
import { startForm } from '../start-window.ts'
import { openRunOf, subjectNote } from '../subject-note.ts'

/** A field of a start form on which others depend: the form is drawn anew, with what was entered. */
export const fieldChanged: ButtonHandler = {
  action: fieldAction,
  isEntry: true,
  async handle(press, ports) {
    const { view, team } = press
    const ref = decodeStartRef(view?.metadata ?? '')
    const definition = ports.workflows.find(({ name }) => name === ref?.workflow)
    if (!view || !ref || !definition) return
    const permitted = await permit(ports, press, { action: 'start', workflow: definition.name })
    if (!permitted.ok) return
    const initial = readStartValues(view.values)
    await keepDraft(ports, press, { definition, ...view })
    const run = await openRunOf(ports, { team, definition, entered: initial })
    const note = run && (await subjectNote(ports, { run, initial }))
    const form = await startForm(ports, definition, { team, initial, channel: ref.channel, note })
    // A needless drawing would wipe out the errors of a form that was sent meanwhile.
    if (isSameForm(view.blocks, form)) return
    const opened = { viewId: view.id, hash: view.hash }
    const drawn = stamped(form, erasuresAt(view.metadata))
    await ports.surface.updateView(nobody(team), opened, drawn).catch(unlessOvertaken)
  },
}

/** Closed meanwhile, or drawn anew by a later change: that one has the last word. */
function unlessOvertaken(error: unknown): void {
  const codes = ['not-found', 'view-not-found', 'hash-conflict']
  if (!(error instanceof PermanentFailure && codes.includes(error.code))) throw error
}
