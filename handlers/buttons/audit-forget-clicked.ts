import type { ButtonHandler } from '../../src/slack/handler.ts'
import { actionIds } from '../../views/action-ids.ts'
import { decodeSavedRef } from '../../views/references.ts'
import { forgetQuery, listSaved } from '../ledger/saved-queries.ts'

/** Removes a saved query, and shows what is left. */
export const auditForgetClicked: ButtonHandler = {
  action: actionIds.forgetAudit,
  async handle(press, ports) {
    const name = decodeSavedRef(press.value)
    if (name !== null) await forgetQuery(ports, press, name)
    await listSaved(ports, press, true)
  },
}
