import type { Store } from '../../db/store.ts'
import type { Card } from '../domain/card.ts'
import { stepOf } from '../domain/run.ts'
import type { Shown } from '../slack/show-card.ts'

/**
 * What alerts of one cause have in common, in our own names and codes alone: the service and how it fails, or the step;
 * what did not happen; the hold.
 */
export async function causeOfAlert(store: Store, { card, shown }: { card: Card; shown: Shown }): Promise<string> {
  const workflow = shown.run?.workflow ?? ''
  const step = shown.run && card.step ? stepOf(shown.run, card.step) : undefined
  const failure = step && 'failing' in step ? step.failing?.failure : undefined
  if (failure) return `${card.kind} ${failure.service ?? `${workflow}/${card.step}`} ${failure.code}`
  if (card.kind === 'hold') return `hold ${card.about}`
  if (card.kind !== 'alert') return `${card.kind} ${workflow}`
  return (await store.alert(card.team, card.about))?.cause || card.kind
}
