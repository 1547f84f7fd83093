import { expect, it } from 'vitest'
import { alertSince, isAlert } from '../../src/domain/alert-time.ts'
import { type Card, OTHER_CARD_KINDS, RUN_CARD_KINDS } from '../../src/domain/card.ts'

it('takes for alerts what failed or stands, and no summary, question or reminder', () => {
  const alerts = [...RUN_CARD_KINDS, ...OTHER_CARD_KINDS].filter((kind) => isAlert({ kind }))
  expect(alerts).toEqual(['failure', 'held', 'alert', 'hold'])
})

it('counts a hold from its beginning, and takes none for an alert that a person made or that is over', () => {
  const card = { kind: 'hold', staleSince: 2_000, painted: 0 } as Card
  expect(alertSince(card, { run: null, origin: 1_000 })).toBe(1_000)
  expect(alertSince(card, { run: null, origin: null })).toBeNull()
})
