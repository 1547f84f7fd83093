import type { RunId } from '../../src/domain/ids.ts'
import { answerAll, questionsOf } from '../../src/slack/ask/answer-question.ts'
import type { HandlerPorts, Said } from '../../src/slack/handler.ts'
import { type Answer, tell } from '../answer.ts'
import { permitToSee, whoAsks } from '../permit.ts'

/** A question in plain words: answered in the thread of a mention, plainly in direct messages. */
export async function said(event: Said, ports: HandlerPorts): Promise<void> {
  const asker = await whoAsks(ports, event)
  if (!asker.ok) return await refuse(ports, event, asker.answer)
  const questions = await questionsOf(ports, asker.found, event.text)
  // Whoever is asked for something is told so, whatever else they may see.
  const asksAboutRuns = questions.some(({ kind }) => !['help', 'unclear', 'needs-me', 'start'].includes(kind))
  const permitted = asksAboutRuns ? await permitToSee(ports, event) : asker
  if (!permitted.ok) return await refuse(ports, event, permitted.answer)
  const it = await runOfThread(ports, event)
  await reply(ports, event, await answerAll(ports, { questions, person: permitted.found, it }))
}

/** In the thread of a card, "it" is the card's run. */
async function runOfThread({ store }: HandlerPorts, { team, channel, threadTs }: Said): Promise<RunId | null> {
  return threadTs === null ? null : ((await store.cardAt(team, channel, threadTs))?.run ?? null)
}

/** What is refused is nobody else's business; in direct messages nobody else is there. */
async function refuse(ports: HandlerPorts, event: Said, answer: Answer): Promise<void> {
  if (isDirect(event)) return await reply(ports, event, answer)
  const place = { ...event.place, threadTs: event.threadTs }
  await tell(ports, { ...event, place }, answer)
}

const isDirect = ({ channel }: Said): boolean => channel.startsWith('D')

function reply({ surface }: HandlerPorts, event: Said, { drawing, about }: Answer): Promise<void> {
  const { channel, threadTs, ts, user: asker } = event
  return surface.reply({ channel, threadTs, key: `${channel}/${ts}`, asker }, drawing, about)
}
