import type { CommandCall, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { rulesAnswer } from '../../views/answers/rules-answer.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'

/** `/purser rules`: which version holds, since when, and what is wrong with a file that cannot take its place. */
export async function tellRules(call: CommandCall, ports: HandlerPorts): Promise<void> {
  const permitted = await permitSomewhere(ports, call, 'see')
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const { version } = ports.rules.current()
  const stored = await ports.store.rulesVersion(version)
  const drawing = rulesAnswer({ version, since: stored?.at ?? null, problems: ports.rules.problems() })
  await tell(ports, call, { drawing, about: nobody(call.team) })
}
