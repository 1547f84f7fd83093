import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** An entry of the ledger, whole. */
export const auditDetails = {
  title: 'Ledger entry',
  by: (who: Piece, at: Piece) => say`by ${who} · ${at}`,
  sendAsFile: 'Send as a file',
  hidden: '[hidden: …] marks a secret or a header that was never kept; its kind is in the mark.',
  cut: 'Cut: the file holds all of it.',
  moreParts: (amount: number) => `${amount} more parts: /audit export jsonl holds them all`,
  erased: 'The contents were erased with the person’s data; the entry itself still counts.',
  erasedOf: (kind: string) =>
    `The contents (${kind}) were erased with the person’s data; the entry itself still counts.`,
  noContents: 'This entry has no contents beyond what is shown here.',

  request: (part: string) => `Request: ${part}`,
  answer: (part: string) => `Answer: ${part}`,
  /** Names of parts that read better in other words. */
  parts: { url: 'address' } as Readonly<Record<string, string>>,

  ofRecord: 'For the record',
  facts: {
    kind: 'kind',
    entry: 'entry',
    run: 'run',
    step: 'step',
    attempt: 'attempt',
    call: 'call',
    try: 'try',
    class: 'class',
    address: 'address',
    key: 'key',
    digest: 'SHA-256 of the body as sent',
  },
}
