import type { Asked, HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { verifyBegun, verifyVerdict } from '../../views/answers/audit-verified.ts'
import { tell } from '../answer.ts'
import { permitSomewhere } from '../permit.ts'
import { recordReading } from './record-reading.ts'

/** Holds the ledger against its own anchors, and tells the asker what came of it. */
export async function verifyFor(ports: HandlerPorts, asked: Asked): Promise<void> {
  const permitted = await permitSomewhere(ports, asked, 'audit')
  if (!permitted.ok) return await tell(ports, asked, permitted.answer)
  const about = nobody(asked.team)
  await tell(ports, asked, { drawing: verifyBegun(), about })
  const verdict = await ports.verify()
  const { sealed, wrong } = verdict
  await recordReading(ports, asked, {
    subjects: [],
    facts: { entries: sealed, wrong, verified: true },
    query: 'verify',
  })
  await tell(ports, asked, { drawing: verifyVerdict(verdict), about })
}
