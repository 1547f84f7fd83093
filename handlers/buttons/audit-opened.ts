import type { ButtonHandler } from '../../src/slack/handler.ts'
import { openAuditActions } from '../../views/action-ids.ts'
import { decodeAuditRef } from '../../views/references.ts'
import { showLedger } from '../ledger/show-ledger.ts'

/** "Calls" of a run or a step: its entries in an answer of their own. */
export const auditOpened: ButtonHandler = {
  action: openAuditActions,
  handle: (press, ports) => showLedger(ports, press, { ref: decodeAuditRef(press.value), replace: false }),
}
