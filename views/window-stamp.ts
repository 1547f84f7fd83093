import type { ModalView } from '@slack/types'

const STAMP = / ~(\d+)$/

/** How many erasures there had been, as it stands behind the metadata of a window or the value of a button. */
export const stampOf = (erasures: number): string => ` ~${erasures}`

/** The window with how many erasures there had been when it was opened; one that says it already keeps that. */
export function stamped(view: ModalView, erasures: number): ModalView {
  const metadata = view.private_metadata ?? ''
  return STAMP.test(metadata) ? view : { ...view, private_metadata: metadata + stampOf(erasures) }
}

/** The window with the stamp of the button or window from which it has what stands in it, where that bears one. */
export function stampedAs(view: ModalView, from: string | null): ModalView {
  return from !== null && STAMP.test(from) ? stamped(view, erasuresAt(from)) : view
}

/** How many there had been when the window of this metadata was opened; 0 where an older version opened it. */
export const erasuresAt = (metadata: string): number => Number(STAMP.exec(metadata)?.[1] ?? 0)

export const withoutStamp = (text: string): string => text.replace(STAMP, '')
