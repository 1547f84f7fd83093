import { FILTER_KEYS } from '../../src/ledger/audit-query-filters.ts'
import type { Asked, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { auditHelp } from '../../views/answers/audit-help.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'

/** Tells how the ledger is asked. */
export async function auditHelpFor(ports: HandlerPorts, asked: Asked): Promise<void> {
  const permitted = await permitSomewhere(ports, asked, 'audit')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const drawing = auditHelp({
    filters: [...FILTER_KEYS.values()].map(({ example }) => example),
    services: [...ports.services.values()],
  })
  await tell(ports, asked, { drawing, about: nobody(asked.team) })
}
