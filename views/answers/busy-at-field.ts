import type { KnownBlock } from '@slack/types'
import { shortId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { button, section } from '../blocks.ts'
import { tameLine } from '../outside-text.ts'
import { encodeRunRef } from '../references.ts'
import { texts } from '../texts/index.ts'

/** Under the field that names the subject: there is a run about them already, and a way to it. */
export function busyAtField(run: Run, startedBy: string): KnownBlock[] {
  const label = tameLine(run.subject.label, 80)
  const { busy, open, openThat } = texts.privateAnswers
  const says = busy({ subject: label, run: shortId(run.id), by: tameLine(startedBy, 80) })
  const see = button({ text: open, action: actionIds.showRun, value: encodeRunRef(run.id), label: openThat(label) })
  return [section(says, see)]
}
