import type { ModalView } from '@slack/types'
import { z } from 'zod'
import { PermanentFailure } from '../src/domain/errors.ts'
import type { Asked, ButtonPress, HandlerPorts, PressedView } from '../src/slack/handler.ts'
import { type About, nobody } from '../src/slack/surface.ts'
import { withDraft } from '../src/slack/window-drafts.ts'
import { noticeModal } from '../views/answers/notice-modal.ts'
import { refused } from '../views/answers/private.ts'
import { type Again, windowOver, windowOverTyped } from '../views/answers/window-over.ts'
import { loadingModal } from '../views/modals/modal.ts'
import { texts } from '../views/texts/index.ts'
import { type Found, tell } from './answer.ts'

type Ports = Pick<HandlerPorts, 'surface' | 'directory' | 'store' | 'keys' | 'clock'>

export interface Window {
  view: ModalView
  about: About
}

interface Opening {
  asked: Asked & { triggerId: string; view?: PressedView | null } & Partial<Pick<ButtonPress, 'action' | 'value'>>
  /** The button that opens it once more, where the trigger's three seconds are over: the one that was pressed, or this. */
  again?: Again | null
  /** The command that asked for it, to be typed once more where no button opens it. */
  typed?: string
  /** Of the placeholder. */
  title: string
  draw(): Promise<Found<Window>>
}

const Pressed = z.looseObject({ action_id: z.string() })

/** The button that was pressed, once more; null for what is no button. */
function againOf({ action, value }: Partial<Pick<ButtonPress, 'action' | 'value'>>): Again | null {
  const pressed = Pressed.safeParse(action).data
  return pressed && typeof value === 'string' ? { action: pressed.action_id, value } : null
}

/** Opens a window, or says why not. A trigger lives three seconds: where rights have to be looked up, a placeholder comes first. */
export async function openWindow(ports: Ports, opening: Opening): Promise<void> {
  try {
    await open(ports, opening)
  } catch (error) {
    const again = opening.again ?? againOf(opening.asked)
    const drawing = again ? windowOver(again) : opening.typed ? windowOverTyped(opening.typed) : null
    if (!drawing || !isOver(error)) throw error
    await tell(ports, opening.asked, { drawing, about: nobody(opening.asked.team) })
  }
}

/** Slack's code for a trigger that is older than three seconds. */
const isOver = (error: unknown): boolean =>
  error instanceof PermanentFailure && ['expired-trigger-id', 'restarted-meanwhile'].includes(error.code)

async function open(ports: Ports, opening: Opening): Promise<void> {
  if (!ports.directory.isFresh(opening.asked.team, opening.asked.user)) return await fillLater(ports, opening)
  const drawing = opening.draw()
  const drawn = await inTime(ports, drawing)
  if (drawn === null) return await fillLater(ports, { ...opening, draw: () => drawing })
  if (!drawn.ok) return await tell(ports, opening.asked, drawn.answer)
  const { about, view } = drawn.found
  await show(ports, opening, { about, view: await withDraft(ports, opening.asked, view) })
}

/** Of a trigger's three seconds so many are left to what has to be read; then the placeholder comes first, in milliseconds. */
const READ_WITHIN_MS = 1_500

/** Null when it takes longer; it goes on. */
async function inTime<T>({ clock }: Pick<Ports, 'clock'>, drawing: Promise<T>): Promise<T | null> {
  const enough = new AbortController()
  const tooLong = clock.sleep(READ_WITHIN_MS, enough.signal).catch(() => undefined)
  try {
    return await Promise.race([drawing, tooLong.then(() => null)])
  } finally {
    enough.abort(new Error('it was read in time'))
  }
}

/** A window that is asked for in a window stands on top of it. */
const show = (
  { surface }: Ports,
  { asked }: Opening,
  { about, view }: Window,
): ReturnType<HandlerPorts['surface']['openView']> =>
  asked.view?.type === 'modal'
    ? surface.pushView(about, asked.triggerId, view)
    : surface.openView(about, asked.triggerId, view)

async function fillLater(ports: Ports, opening: Opening): Promise<void> {
  const { surface } = ports
  const { asked, title, draw } = opening
  const opened = await show(ports, opening, { about: nobody(asked.team), view: loadingModal(title) })
  // Stays when drawing fails: nobody should look at a placeholder for ever.
  let shown: Window = { about: nobody(asked.team), view: noticeModal(title, couldNotBeFilled()) }
  try {
    const drawn = await draw()
    shown = drawn.ok
      ? { ...drawn.found, view: await withDraft(ports, asked, drawn.found.view) }
      : { about: drawn.answer.about, view: noticeModal(title, drawn.answer.drawing) }
  } finally {
    await surface.updateView(shown.about, opened, shown.view).catch(unlessClosed)
  }
}

const couldNotBeFilled = () => refused({ message: texts.windows.notOpened, hint: texts.windows.notOpenedWayOut })

const CLOSED = new Set(['not-found', 'view-not-found', 'hash-conflict'])

/** People close windows while they are being filled. */
function unlessClosed(error: unknown): void {
  if (!(error instanceof PermanentFailure && CLOSED.has(error.code))) throw error
}
