import { useState } from 'react'
import type { FaultKind, FaultOrder } from '../../state.ts'

export type Extent = 'times' | 'seconds' | 'cleared'

export interface Draft {
  kind: FaultKind
  extent: Extent
  amount: string
  retryAfter: string
  match: string
}

/** A fault as it is being put together in a form: `change` a part of it, then read the `order`. */
export function useFaultOrder(service: string) {
  const [draft, setDraft] = useState<Draft>(draftOf('503'))
  const change = (part: Partial<Draft>) =>
    setDraft((before) => ({ ...before, ...(part.kind && draftOf(part.kind)), ...part }))
  return { draft, change, order: () => orderOf(service, draft) }
}

/** Whether this kind of answer may carry a Retry-After. */
export function tellsWhen(kind: FaultKind): boolean {
  return kind === '429' || kind === '503'
}

/** Where each kind begins: a lost answer is most telling once, an outage lasts. */
function draftOf(kind: FaultKind): Draft {
  const retryAfter = kind === '429' ? '5' : ''
  if (kind === 'lost-answer') return { kind, extent: 'times', amount: '1', retryAfter, match: '' }
  return { kind, extent: 'seconds', amount: '30', retryAfter, match: '' }
}

function orderOf(service: string, { kind, extent, amount, retryAfter, match }: Draft): FaultOrder {
  return {
    service,
    kind,
    ...(extent === 'cleared' ? {} : { [extent]: Math.max(1, wholeNumber(amount)) }),
    ...(match.trim() === '' ? {} : { match: match.trim() }),
    ...(tellsWhen(kind) && retryAfter !== '' ? { retry_after: Math.max(0, wholeNumber(retryAfter)) } : {}),
  }
}

function wholeNumber(written: string): number {
  return Math.round(Number(written)) || 0
}
