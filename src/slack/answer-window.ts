import { erasuresAt, stamped } from '../../views/window-stamp.ts'
import type { HandlerPorts, ModalHandler, Submission, SubmissionAnswer } from './handler.ts'
import { forgetWritten, keepWritten } from './window-drafts.ts'

/** Has a window's submission decided. What was written is kept when nothing came of it, and forgotten when it was carried out. */
export async function answerWindow(
  ports: HandlerPorts,
  handler: ModalHandler,
  submission: Submission,
): Promise<SubmissionAnswer> {
  const window = { ...submission, callback: handler.callback }
  const decided = await handler.handle(submission, ports).catch(async (error: unknown) => {
    // The first error is the one to report, also when this fails too.
    await keepWritten(ports, submission, window).catch(() => undefined)
    throw error
  })
  if (decided.kind === 'update') {
    await keepWritten(ports, submission, window)
    // What it shows may be from when the window was opened.
    return { kind: 'update', view: stamped(decided.view, erasuresAt(submission.metadata)) }
  }
  if (decided.kind !== 'close') return decided
  const { after } = decided
  return {
    kind: 'close',
    async after() {
      await forgetWritten(ports, submission, window)
      await after?.()
    },
  }
}

/** A window was closed without being sent: what stood in it is kept. */
export async function closeWindow(ports: HandlerPorts, handler: ModalHandler, closing: Submission): Promise<void> {
  if (handler.closed) await handler.closed(closing, ports)
  else await keepWritten(ports, closing, { ...closing, callback: handler.callback })
}
