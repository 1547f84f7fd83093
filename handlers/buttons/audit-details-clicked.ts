import type { StoredEntry } from '../../src/domain/entry.ts'
import type { EntryId } from '../../src/domain/ids.ts'
import { type ButtonHandler, type ButtonPress, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { auditDetailsModal, type OpenedEntry } from '../../views/answers/audit-details-modal.ts'
import { buttonForgotten, refused } from '../../views/answers/private.ts'
import type { Drawing } from '../../views/drawing.ts'
import { decodeEntryRef } from '../../views/references.ts'
import { texts } from '../../views/texts/index.ts'
import type { Found } from '../answer.ts'
import { counterpartOf } from '../ledger/counterpart.ts'
import { learnActors } from '../ledger/learn-actors.ts'
import { readableBy } from '../ledger/readable.ts'
import { recordReading } from '../ledger/record-reading.ts'
import { openWindow, type Window } from '../open-window.ts'
import { permitSomewhere } from '../permit.ts'

/** An entry whole, beside the one that answers it. */
export const auditDetailsClicked: ButtonHandler = {
  action: actionIds.auditDetails,
  async handle(press, ports) {
    await openWindow(ports, {
      asked: press,
      title: texts.otherWindows.entry,
      draw: () => details(ports, press, decodeEntryRef(press.value)),
    })
  },
}

async function details(ports: HandlerPorts, press: ButtonPress, id: EntryId | null): Promise<Found<Window>> {
  const says = (drawing: Drawing): Found<Window> => ({ ok: false, answer: { drawing, about: nobody(press.team) } })
  if (id === null) return says(buttonForgotten())
  const permitted = await permitSomewhere(ports, press, 'audit')
  if (!permitted.ok) return permitted
  const stored = await ports.store.entry(press.team, id)
  const [entry] = await readableBy(ports, permitted.found)(stored ? [stored] : [])
  if (!entry) return says(noSuchEntry())
  const other = await counterpartOf(ports.store, entry.core)
  const { subjects } = entry.core
  await recordReading(ports, press, { subjects, facts: { entries: other ? 2 : 1, details: id } })
  await learnActors(ports, [entry.core])
  const opened = (each: StoredEntry): OpenedEntry => ({ core: each.core, body: ports.ledger.open(each) })
  const view = auditDetailsModal(opened(entry), other && opened(other), drawContext(ports))
  return { ok: true, found: { view, about: { ...nobody(press.team), subjects } } }
}

const noSuchEntry = () => refused({ message: texts.ledgerQuestions.noEntry, hint: texts.ledgerQuestions.askAnew })
