import { dayIn } from '../src/domain/calendar.ts'
import { readDigest } from '../src/slack/digest/read-digest.ts'
import { actorsIn } from '../src/slack/draw-card.ts'
import { type Asked, drawContext, type HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { digestCard } from '../views/cards/digest-card.ts'
import { tell } from './answer.ts'
import { permitSomewhere } from './permit.ts'

/** Tells the asker what the digest would say now, of what they may see. */
export async function digestAnswer(ports: HandlerPorts, asked: Asked): Promise<void> {
  const permitted = await permitSomewhere(ports, asked, 'see')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const { team } = permitted.found
  const rules = ports.rules.current()
  const day = dayIn(rules.calendar.timeZone, ports.clock.now())
  const of = (workflow: string): boolean => rules.may(permitted.found, 'see', workflow)
  const subject = await readDigest(ports, { team, day, of })
  const told = [...subject.stuck.first, ...subject.overdue, ...subject.owed]
  await ports.directory.learn(told.flatMap(({ run }) => actorsIn(run)))
  const subjects = [...new Set(told.map(({ run }) => run.subject.id))]
  await tell(ports, asked, { drawing: digestCard(subject, drawContext(ports)), about: { ...nobody(team), subjects } })
}
