import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { bulkOver } from '../../views/answers/bulk-answers.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { decodeBulkRef } from '../../views/references.ts'
import { actorOf, tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'

/** Stops a bulk retry; its card shows what is left. Whoever may retry may stop it. */
export const bulkStopped: ButtonHandler = {
  action: actionIds.stopBulk,
  async handle(press, ports) {
    const permitted = await permitSomewhere(ports, press, 'retry')
    if (!permitted.ok) return await tell(ports, press, permitted.answer)
    const id = decodeBulkRef(press.value)
    const stopped = id && (await ports.engine.bulks.stop({ team: press.team, bulk: id, by: actorOf(press) }))
    if (stopped) return
    const bulk = id && (await ports.engine.bulks.find(press.team, id))
    await tell(ports, press, { drawing: bulk ? bulkOver(bulk) : buttonForgotten(), about: nobody(press.team) })
  },
}
