import type { Decision } from '../../../src/domain/run.ts'
import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { because, confirmed } from './asides.ts'
import { count } from './count.ts'

const did: Record<Decision['kind'], string> = {
  retry: '🔁 Retry',
  skip: '⏩ Skip',
  'mark-done': '✅ Marked done',
  escalate: '🆘 Escalated',
  cancel: '⛔ Run cancelled',
  approve: '✅ Approved',
  refuse: '🚫 Refused',
  delegate: '➡️ Handed over',
  complete: '✅ Done',
  reassign: '➡️ Handed over',
  edit: '✏️ Input changed and retried',
  restart: '🔄 Run restarted',
  'take-over': '✋ Taken over',
  propose: '🤝 Proposed',
  withdraw: '🤝 Proposal withdrawn',
  'use-rules': '📝 Today’s rules taken',
  'close-debt': '✅ Debt closed',
  'hand-over-debt': '➡️ Debt handed over',
  pause: '⏸️ Run paused',
  resume: '▶️ Run resumed',
}

interface Stamp {
  kind: Decision['kind']
  by: Piece
  inPlaceOf: Piece | null
  to: Piece | null
  confirmedBy: Piece | null
  at: Words
  changes: Piece | null
  reason: Piece | null
}

interface Asked {
  by: Piece
  at: Words
}

const askedFor = (asked: Asked | null): Words => given(asked, ({ by, at }) => say`, asked for by ${by} ${at}`)

/** What people decided about a step, as its card keeps it, and the ticket that they asked for. */
export const decisions = {
  earlier: (amount: number) => count(amount, 'earlier decision'),
  stamp: ({ kind, by, inPlaceOf, to, confirmedBy, at, changes, reason }: Stamp) => {
    const place = given(inPlaceOf, (who) => say` in the place of ${who}`)
    const handed = given(to, (who) => say` to ${who}`)
    const changed = given(changes, (what) => say` (${what})`)
    return say`${did[kind]} by ${by}${place}${handed}${confirmed(confirmedBy)} ${at}${changed}${because(reason)}`
  },
  empty: 'nothing',
  /** Null: who asked for it has been told. */
  ticketOpening: (asked: Asked | null) => say`🎫 A ticket is being opened${askedFor(asked)}`,
  ticket: (ticket: Piece, asked: Asked | null) => say`🎫 Ticket ${ticket}${askedFor(asked)}`,
  ticketFailed: (why: Piece, asked: Asked | null) =>
    say`🎫 The ticket${given(asked, ({ by, at }) => say` that ${by} asked for ${at}`)} could not be opened: ${why}`,
}
