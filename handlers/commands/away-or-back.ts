import { UserMistake } from '../../src/domain/errors.ts'
import type { UserId } from '../../src/domain/ids.ts'
import { UserId as AnyUserId } from '../../src/domain/ids.ts'
import { readAway } from '../../src/slack/absence/read-away.ts'
import type { CommandCall, HandlerPorts } from '../../src/slack/handler.ts'
import { texts } from '../../views/texts/index.ts'
import { tell } from '../answer.ts'
import { sayAway, sayBack } from '../away.ts'
import { receiver } from '../modals/hand-over.ts'
import { whoAsks } from '../permit.ts'

/** `/purser away [until monday | for 3d] [@somebody]`, and `/purser back`. */
export async function awayOrBack(ports: HandlerPorts, call: CommandCall, typed: string): Promise<void> {
  const asker = await whoAsks(ports, call)
  if (!asker.ok) return await tell(ports, call, asker.answer)
  if (/^back$/i.test(typed)) return await tell(ports, call, await sayBack(ports, call))
  const { timeZone } = asker.found
  const wish = readAway(typed, timeZone, ports.clock.now())
  if (!wish) throw mistake(texts.commands.away.untilWhen)
  const to = wish.who === null ? null : await somebody(ports, call, wish.who)
  await tell(ports, call, await sayAway(ports, asker.found, { until: wish.until, to }))
}

/** Whom somebody names: by a mention or by name. */
async function somebody(ports: HandlerPorts, call: CommandCall, who: string): Promise<UserId> {
  const mentioned = AnyUserId.safeParse(/^<@([UW][A-Z0-9]+)>$/.exec(who)?.[1]).data
  const found = mentioned ? [mentioned] : await ports.directory.named(call.team, who.replace(/^@/, ''))
  const { nobody, several, yourself, cannot } = texts.commands.away
  const [user, ...others] = found
  if (!user) throw mistake(nobody(who.slice(0, 60)))
  if (others.length > 0) throw mistake(several(who.slice(0, 60)))
  if (user === call.user) throw mistake(yourself)
  const received = await receiver(ports, call, user)
  if (!received.ok) throw mistake(cannot(received.error))
  return user
}

const mistake = (message: string): UserMistake =>
  new UserMistake({ code: 'away-text', message, hint: texts.commands.away.example })
