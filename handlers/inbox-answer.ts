import type { Asked, HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { inboxList, MOST_ITEMS } from '../views/answers/inbox-list.ts'
import { tell } from './answer.ts'
import { permitSomewhere } from './permit.ts'

/** Items that are counted at all. */
const MOST_COUNTED = 1_000

/** Tells what came from outside and waits for somebody. */
export async function inboxAnswer(ports: HandlerPorts, asked: Asked): Promise<void> {
  const permitted = await permitSomewhere(ports, asked, 'start')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const entries = await ports.inbox.list(asked.team, MOST_COUNTED)
  const urgentFirst = [...entries].sort((a, b) => Number(a.item.status === 'kept') - Number(b.item.status === 'kept'))
  const shown = urgentFirst.slice(0, MOST_ITEMS)
  const subjects = shown.map(({ item }) => item.owner)
  await tell(ports, asked, { drawing: inboxList(shown, entries.length), about: { ...nobody(asked.team), subjects } })
}
