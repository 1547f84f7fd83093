import { describe, expect, test } from 'vitest'
import type { Subject } from '../../../db/store.ts'
import { matchNames } from '../../../src/slack/ask/match-names.ts'
import { createFakeClock } from '../../support/fake-clock.ts'
import { TEAM, testIds } from '../../support/test-ids.ts'

const ids = testIds(createFakeClock())
const subject = (label: string, key: string): Subject => ({ id: ids.subject(), team: TEAM, label, key })
const all = [
  subject('Jane Doe', 'jane@acme.example'),
  subject('Janet Roe', 'janet.roe@acme.example'),
  subject('José Núñez', 'jn@acme.example'),
  subject('Øystein Łukasz', 'oy@acme.example'),
  subject("Pat O'Brien-Ng", 'pat@acme.example'),
]

const found = (...words: string[]) => matchNames(all, words).map(({ label }) => label)

describe('a name', () => {
  test('is matched whole before by its beginning, and by its beginning before with a typo', () => {
    expect(found('jane')).toEqual(['Jane Doe'])
    expect(found('jan')).toEqual(['Jane Doe', 'Janet Roe'])
    expect(found('JANE', 'doe')).toEqual(['Jane Doe'])
    expect(found('jane', 'smith')).toEqual([])
  })

  test('is matched without its accents and other signs', () => {
    expect(found('jose', 'nunez')).toEqual(['José Núñez'])
    expect(found('oystein')).toEqual(['Øystein Łukasz'])
    expect(found('lukasz')).toEqual(['Øystein Łukasz'])
    expect(found("o'brien")).toEqual(["Pat O'Brien-Ng"])
    expect(found('janet.roe@acme.example')).toEqual(['Janet Roe'])
  })

  test.each(['jnae', 'jnet', 'janeet', 'jenet', 'oistein'])('is matched with one typo: %s', (typed) => {
    expect(found(typed)).toHaveLength(1)
  })

  test.each(['jna', 'jxxe', 'jeen', 'do', 'x', '', '…'])('is not matched by anything else: %s', (typed) => {
    expect(found(typed).filter((label) => label !== 'Jane Doe' || typed !== 'do')).toEqual([])
  })
})
