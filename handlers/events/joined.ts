import type { HandlerPorts, Joined } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { greeting } from '../../views/answers/greeting.ts'

/** Purser was invited to a channel: it says what it is for, once in each. */
export async function joined({ team, channel }: Joined, { surface }: HandlerPorts): Promise<void> {
  await surface.reply({ channel, threadTs: null, key: `greeting/${channel}` }, greeting(), nobody(team))
}
