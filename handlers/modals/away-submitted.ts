import { momentIn } from '../../src/domain/calendar.ts'
import type { ModalHandler } from '../../src/slack/handler.ts'
import { callbackIds } from '../../views/action-ids.ts'
import { readAwayForm } from '../../views/modals/away-modal.ts'
import { texts } from '../../views/texts/index.ts'
import { tell } from '../answer.ts'
import { sayAway } from '../away.ts'
import { whoAsks } from '../permit.ts'
import { receiver } from './hand-over.ts'
import { notDone } from './submitted.ts'

/** Notes that somebody is away, until the day that they entered. */
export const awaySubmitted: ModalHandler = {
  callback: callbackIds.sayAway,
  async handle(submission, ports) {
    const asker = await whoAsks(ports, submission)
    if (!asker.ok) return notDone(asker.answer.drawing)
    const { day, user } = readAwayForm(submission.values)
    const until = day === null ? null : momentIn(asker.found.timeZone, day, '00:00')
    if (until !== null && until <= ports.clock.now()) {
      return { kind: 'errors', errors: { until: texts.otherWindows.away.hasBegun } }
    }
    if (user === submission.user) {
      return { kind: 'errors', errors: { person: texts.otherWindows.away.notYourself } }
    }
    const received = user === null ? null : await receiver(ports, submission, user)
    if (received && !received.ok) return { kind: 'errors', errors: { person: received.error } }
    const answer = await sayAway(ports, asker.found, { until, to: user })
    return {
      kind: 'close',
      async after() {
        await tell(ports, submission, answer)
        await ports.home.show(submission)
      },
    }
  },
}
