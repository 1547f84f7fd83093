import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeAuditRef } from '../../views/references.ts'
import { showLedger } from '../ledger/show-ledger.ts'

/** "Calls" of a run or a step: its entries in an answer of their own. */
export const auditOpened: ButtonHandler = {
  action: actionIds.openAudit,
  handle: (press, ports) => showLedger(ports, press, { ref: decodeAuditRef(press.value), replace: false }),
}
