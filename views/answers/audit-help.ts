import { actionIds } from '../action-ids.ts'
import { actions, button, header } from '../blocks.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeAuditRef } from '../references.ts'
import { bold, labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { listed } from '../wording.ts'

export interface AuditHelpSubject {
  /** Examples of the filters there are. */
  filters: readonly string[]
  /** Names of services that entries may be of. */
  services: readonly string[]
}

/** How the ledger is asked: the filters with an example each, and some queries to run at once. */
export function auditHelp({ filters, services }: AuditHelpSubject): Drawing {
  const says = texts.auditHelp
  const head: Words = [says.how]
  const points = filters.map((example): Words => [bold(`/audit ${example}`)])
  const more = says.more()
  const known = says.services(outside(listed(services, 12), 300))
  const buttons = says.starters.flatMap(({ text, query }, index) => {
    const value = encodeAuditRef({ query, before: null })
    return value === null ? [] : [button({ text, action: `${actionIds.openAudit}.${index}`, value })]
  })
  return {
    blocks: [
      header(says.title),
      paragraph(...head),
      labelled(says.filters, { points }),
      labelled(says.and, { points: more }),
      paragraph(...known),
      actions(buttons),
    ],
    text: fallbackText([head, ...points, ...more, known]),
  }
}
