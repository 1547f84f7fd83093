import type { StoredEntry } from '../../src/domain/entry.ts'
import { jsonLines } from '../../src/ledger/export-entries.ts'
import type { ButtonHandler } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { actionIds } from '../../views/action-ids.ts'
import { entryFileComment, entryFileSent } from '../../views/answers/audit-exported.ts'
import { buttonForgotten } from '../../views/answers/private.ts'
import { decodeEntryRef } from '../../views/references.ts'
import { tell } from '../answer.ts'
import { counterpartOf } from '../ledger/counterpart.ts'
import { readableBy } from '../ledger/readable.ts'
import { recordReading } from '../ledger/record-reading.ts'
import { permitSomewhere } from '../permit.ts'

/** Sends an entry and the one that answers it, uncut, as a file into the asker's direct messages. */
export const auditFileClicked: ButtonHandler = {
  action: actionIds.auditFile,
  async handle(press, ports) {
    const id = decodeEntryRef(press.value)
    const permitted = await permitSomewhere(ports, press, 'audit')
    if (!permitted.ok) return await tell(ports, press, permitted.answer)
    const stored = id && (await ports.store.entry(press.team, id))
    const [entry] = await readableBy(ports, permitted.found)(stored ? [stored] : [])
    if (!entry) return await tell(ports, press, { drawing: buttonForgotten(), about: nobody(press.team) })
    const other = await counterpartOf(ports.store, entry.core)
    const both = [entry, ...(other ? [other] : [])].sort((a, b) => a.core.at - b.core.at)
    const { subjects } = entry.core
    await recordReading(ports, press, {
      subjects,
      facts: { entries: both.length, details: entry.core.id, export: 'jsonl' },
    })
    const labels = new Map((await ports.store.subjects(press.team, subjects)).map(({ id: key, label }) => [key, label]))
    const exported = (each: StoredEntry) => ({
      core: each.core,
      body: ports.ledger.open(each),
      subjectLabels: each.core.subjects.map((key) => labels.get(key) ?? key),
    })
    const name = `entry-${entry.core.id}.jsonl`
    const bytes = Buffer.from(jsonLines(both.map(exported)))
    await ports.surface.sendFile(press, { name, title: name, bytes, comment: entryFileComment(entry.core.id) })
    await tell(ports, press, { drawing: entryFileSent(), about: { ...nobody(press.team), subjects } })
  },
}
