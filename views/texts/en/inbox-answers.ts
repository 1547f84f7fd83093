import type { InboxItem } from '../../../src/domain/inbox-item.ts'
import { bold, type Piece } from '../../pieces.ts'
import { say } from '../say.ts'

const become: Partial<Record<InboxItem['status'], string>> = {
  dismissed: '⏱️ It has been dismissed already; nothing was changed by your click.',
  taken: '⏱️ It has been taken by a run already; nothing was changed by your click.',
  ignored: '⏱️ It has been ignored already; nothing was changed by your click.',
}

/** Answers to those who deal with what came from outside. */
export const inboxAnswers = {
  taken: (run: Piece) => say`✅ It worked: run ${run} has it.`,
  doesNotMatter: '✅ It is dealt with: the rules file says that it does not matter.',
  stillWaits: (why: Piece) => say`⚠️ Tried again, and it still waits: ${why}`,
  kept: '⏳ Tried again: it is an event, and no step waits for it yet. It is kept until one does.',
  notNow: '⏳ It could not be dealt with just now, and is tried again within a minute.',
  become,
  gone: '⏱️ It is not here any more.',
  whatWaits: () => say`${bold('/purser inbox')} shows what waits.`,
}
