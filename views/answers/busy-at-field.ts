import { shortId } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { tameLine } from '../outside-text.ts'

/** The same as `subjectBusy`, short enough to stand at the field that names the subject. */
export const busyAtField = (run: Run, startedBy: string): string =>
  `A run for ${tameLine(run.subject.label, 80)} is not finished yet (started by ${tameLine(startedBy, 80)}). See it with /process ${shortId(run.id)}.`
