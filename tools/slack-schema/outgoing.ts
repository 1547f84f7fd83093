import type { HomeView, KnownBlock, ModalView } from '@slack/types'

/** The blocks of a message. */
export type Message = KnownBlock[]

/** A modal or a Home tab. */
export type View = ModalView | HomeView
