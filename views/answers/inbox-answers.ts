import { shortId } from '../../src/domain/ids.ts'
import type { Why } from '../../src/domain/inbox-content.ts'
import type { InboxItem } from '../../src/domain/inbox-item.ts'
import type { Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { bold, lines, passage, type Words } from '../rich-text.ts'

const drawing = (...all: Words[]): Drawing => ({ blocks: [lines(all)], text: fallbackText(all) })

/** Something that came was tried again, and now it is dealt with. */
export const itemSettled = ({ status, run }: InboxItem): Drawing => {
  const says: Words =
    status === 'taken' && run !== null
      ? ['✅ It worked: run ', bold(shortId(run)), ' has it.']
      : ['✅ It is dealt with: the rules file says that it does not matter.']
  return drawing(says)
}

/** It was tried again, and still waits. */
export const itemStillOpen = ({ status }: InboxItem, why: Why | null): Drawing =>
  why
    ? drawing(['⚠️ Tried again, and it still waits: ', passage(why.message, 700)], [passage(why.hint, 700)])
    : drawing(
        status === 'kept'
          ? ['⏳ Tried again: it is an event, and no step waits for it yet. It is kept until one does.']
          : ['⏳ It could not be dealt with just now, and is tried again within a minute.'],
      )

/** Somebody was first. */
export const itemGone = (item: InboxItem | null): Drawing => {
  const become: Readonly<Record<string, string>> = {
    dismissed: 'dismissed',
    taken: 'taken by a run',
    ignored: 'ignored',
  }
  const status = item && become[item.status]
  return drawing(
    status ? [`⏱️ It has been ${status} already; nothing was changed by your click.`] : ['⏱️ It is not here any more.'],
    [bold('/purser inbox'), ' shows what waits.'],
  )
}
