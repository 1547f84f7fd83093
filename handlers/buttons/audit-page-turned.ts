import type { ButtonHandler } from '../../src/slack/handler.ts'
import { decodeAuditRef } from '../../views/references.ts'
import { showLedger } from '../ledger/show-ledger.ts'

/** Older, or back to the newest: in the place of the page that was read. */
export const auditPageTurned: ButtonHandler = {
  action: /^audit\.(?:older|newest)$/,
  handle: (press, ports) => showLedger(ports, press, { ref: decodeAuditRef(press.value), replace: true }),
}
