export interface Content {
  /** Carries the same facts as the blocks: notifications and screen readers read it. */
  text: string
  blocks?: readonly object[] | undefined
}

export interface NewMessage extends Content {
  /** Channel id, or a name that the app may post to. */
  channel: string
  threadTs?: string | undefined
  /** Tells this message from all others: by it the message is found again. */
  key: string
  /** Milliseconds since 1970 before which it was not posted; without it only the newest thousand messages are looked through. */
  notBefore?: number | undefined
}

export interface PostedMessage {
  /** The channel's id. */
  channel: string
  ts: string
}
