import { expect, it } from 'vitest'
import { isAlert } from '../../src/domain/alert-time.ts'
import { OTHER_CARD_KINDS, RUN_CARD_KINDS } from '../../src/domain/card.ts'

it('takes for alerts what failed or stands, and no summary, question or reminder', () => {
  const alerts = [...RUN_CARD_KINDS, ...OTHER_CARD_KINDS].filter((kind) => isAlert({ kind }))
  expect(alerts).toEqual(['failure', 'held', 'alert', 'hold'])
})
