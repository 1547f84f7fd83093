import { dayIn, momentIn } from '../../src/domain/calendar.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { remindedLater } from '../../views/answers/snooze-answer.ts'
import { decodeRemind, type RemindChoice } from '../../views/references.ts'
import { aboutRun, tell } from '../answer.ts'
import { askedAtHand } from '../asked-at-hand.ts'

const HOURS_MS = 2 * 3_600_000
const DAY_MS = 86_400_000
const MORNING = '09:00'

/** Notes when somebody wants to be reminded of what they are asked. */
export const remindChosen: ButtonHandler = {
  action: actionIds.remind,
  async handle(press, ports) {
    const chosen = decodeRemind(press.action)
    const at = await askedAtHand(ports, press, { ref: chosen?.ref ?? null })
    if (!at.ok || !chosen) return at.ok ? undefined : await tell(ports, press, at.answer)
    const { run, step, person } = at.found
    const until = remindAt(chosen.choice, ports.clock.now(), person.timeZone)
    await ports.snoozes.set({ team: press.team, user: press.user, run: run.id, step: step.key, until })
    await tell(ports, press, { drawing: remindedLater(until), about: aboutRun(run) })
    if (press.place.channel === null) await ports.home.show(press)
  },
}

/** By the clocks of whoever chose, in milliseconds since 1970. */
function remindAt(choice: RemindChoice, now: number, zone: string): number {
  if (choice === 'hours') return now + HOURS_MS
  const today = Date.parse(`${dayIn(zone, now)}T12:00:00Z`)
  const weekday = new Date(today).getUTCDay()
  const ahead = choice === 'tomorrow' ? 1 : (8 - weekday) % 7 || 7
  return momentIn(zone, new Date(today + ahead * DAY_MS).toISOString().slice(0, 10), MORNING)
}
