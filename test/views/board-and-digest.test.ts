import { describe, expect, test } from 'vitest'
import { allOf } from '../../views/answers/some-of.ts'
import { boardCard } from '../../views/cards/board-card.ts'
import { type DigestSubject, digestCard } from '../../views/cards/digest-card.ts'
import { expectMessage, wordsOf } from './drawn.ts'
import { ctx, key, minutes, outline, sampleRun, T0, tim } from './sample-run.ts'
import { runStates } from './sample-states.ts'

const runs = Object.values(runStates).map((run) => ({ run, outline }))
const nothing: DigestSubject = {
  ...{ since: T0, stuck: allOf([]), overdue: [], owed: [], underWay: 0, waiting: 0, held: 0 },
  ended: { count: 0, succeeded: 0, refused: 0, medianMs: null },
}
const debt = { step: key('payroll'), owner: tim, due: minutes(90), reason: 'Not before Monday.' }
const full: DigestSubject = {
  since: T0,
  stuck: allOf([runStates.failed, runStates.unknown].flatMap((run) => (run ? [{ run, outline }] : []))),
  overdue: runs.slice(0, 1).flatMap(({ run }) => (run.steps[0] ? [{ run, outline, step: run.steps[0] }] : [])),
  owed: [{ run: sampleRun([]), outline, debt }],
  ...{ underWay: 12, waiting: 4, held: 2 },
  ended: { count: 9, succeeded: 7, refused: 1, medianMs: 200_000 },
}

describe('the board card', () => {
  test.each([0, 1, 5, 20])('is a message that Slack takes, with %i runs on it', (count) => {
    const shown = Array.from({ length: count }, (_, index) => runs[index % runs.length]).flatMap((each) => each ?? [])
    const drawing = boardCard({ shown, count: count === 0 ? 0 : 1_000, andMore: count === 20 }, ctx)
    expectMessage(drawing)
    if (count === 20) expect(wordsOf(drawing.blocks)).toContain('1000 runs or more under way')
    if (count === 5) expect(wordsOf(drawing.blocks)).toContain('and 995 others')
  })
})

describe('the digest', () => {
  test('begins with what needs somebody, and says how it goes', () => {
    const drawing = digestCard(full, ctx)
    expectMessage(drawing)
    for (const said of [
      'Today: 4 things to look at',
      'GitHub membership, since',
      'Payroll record, due',
      'Tim Teammate',
      '12 under way (4 waiting, 2 held or paused)',
      '7 of 9 runs that ended succeeded, half of them within 3 min 20 s. 1 refused.',
    ]) {
      expect(wordsOf(drawing.blocks)).toContain(said)
    }
    expect(drawing.text).toContain('Owed, soon or overdue')
  })

  test('says so when nothing is stuck, overdue or owed', () => {
    const drawing = digestCard(nothing, ctx)
    expectMessage(drawing)
    expect(wordsOf(drawing.blocks)).toContain('nothing is stuck, overdue or owed')
    expect(wordsOf(drawing.blocks)).toContain('Nothing has ended since the last digest.')
  })

  test('of hundreds of stuck runs still fits', () => {
    const stuck = { ...full.stuck, count: 300 }
    const drawing = digestCard({ ...full, stuck }, ctx)
    expectMessage(drawing)
    expect(wordsOf(drawing.blocks)).toContain('and 298 more')
  })
})
