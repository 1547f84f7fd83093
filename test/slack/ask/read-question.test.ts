import { describe, expect, test } from 'vitest'
import { SubjectId } from '../../../src/domain/ids.ts'
import type { Question } from '../../../src/slack/ask/question.ts'
import { readQuestion } from '../../../src/slack/ask/read-question.ts'
import { TEAM } from '../../support/test-ids.ts'

const SUBJECTS = ['Jane Doe', 'Jane Roe', 'May Chen', 'Acme Ltd', 'José Álvarez'].map((label, index) => ({
  id: SubjectId.parse(`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`),
  team: TEAM,
  key: `someone-${index}@example.com`,
  label,
}))
const LEXICON = {
  services: new Map([['github', 'github']]),
  workflows: [{ name: 'employee-onboarding', title: 'Employee onboarding' }],
}
const read = (text: string): Question => readQuestion(text, { lexicon: LEXICON, subjects: SUBJECTS })

describe('a sentence with a known name in it', () => {
  test.each([
    ['I have a call with Acme in ten minutes, what’s the latest on them?', 'status', ['acme']],
    ['acme yesterday - what did we do', 'did', ['acme']],
    ['initial thoughts aside: y did jane doe fail 😬', 'why', ['jane', 'doe']],
    ['Auditor is asking: which person authorised José Alvares, please?', 'who', ['jose', 'alvarez']],
  ])('%s', (text, kind, words) => {
    expect(read(text)).toMatchObject({ kind, words })
  })

  test('is not taken for a question when it gives an order, and offers what is known', () => {
    for (const order of ['please approve Jane Doe for me', 'delete acme', 'How much does Jane Doe earn?']) {
      expect(read(order)).toMatchObject({ kind: 'unclear', words: expect.arrayContaining([expect.any(String)]) })
    }
  })
})

test.each([
  ['when is Jane Doe’s birthday', 'of what no process knows'],
  ['where does Jane Doe live', 'of what no process knows'],
  ["don't do anything for Acme until I say so", 'an order not to act'],
  ['how do I cancel Acme?', 'how something is done'],
  ['did Jane Doe approve it?', 'of somebody’s deed, in a run that is not named'],
])('“%s” asks %s, and is not answered with how they stand', (text) => {
  expect(read(text)).toMatchObject({ kind: 'unclear' })
})

test.each([
  ['Jane Doe, could you approve this?', 'said to her'],
  ['I know who approved Acme', 'what one knows'],
  ['Acme are waiting for you in the lobby', 'told'],
  ['Jane Doe and I are off to lunch', 'told'],
])('“%s” is %s, and asks nothing', (text) => {
  expect(read(text)).toMatchObject({ kind: 'unclear' })
})

test('how all is, and what was done or decided then, is asked in passing, too', () => {
  expect(read('is everything ok?')).toEqual({ kind: 'stuck' })
  expect(read('what were you doing last night')).toMatchObject({ kind: 'did', words: [], period: { from: 1, to: 1 } })
  expect(read('who approved what yesterday?')).toMatchObject({ kind: 'deeds', deed: 'approve', period: { from: 1 } })
  expect(read('did anyone skip a step?')).toEqual({ kind: 'deeds', deed: 'skip' })
})

test.each(['thanks, that was fast', 'late lunch anyone?', 'who is late for the meeting'])(
  '“%s” is no question about what is late',
  (text) => {
    expect(read(text)).toMatchObject({ kind: 'unclear' })
  },
)

test('“is it late?” is asked about one run, and not about all', () => {
  expect(read('is it late?')).toMatchObject({ kind: 'status', words: [] })
  expect(read('is this stuck?')).toMatchObject({ kind: 'status', words: [] })
})

test('a workflow that is named narrows a question about all, in whatever words it is asked', () => {
  const asked = [
    'which employee onboardings are jammed',
    'which of the darn employee onboardings are overdue, honestly',
  ]
  expect(asked.map((text) => read(text))).toEqual([
    { kind: 'stuck', workflow: 'employee-onboarding' },
    { kind: 'late', workflow: 'employee-onboarding' },
  ])
})

test('what is missed or past is late, and a time for the answer is no time that is asked for', () => {
  for (const text of ['anything past its deadline?', 'which due dates have we missed, any overdue?', 'past due?']) {
    expect(read(text)).toEqual({ kind: 'late' })
  }
  expect(read('check on Acme when you get a minute')).toMatchObject({ kind: 'status', words: ['Acme'] })
  expect(read('if you can, status of Acme')).toMatchObject({ kind: 'status', words: ['Acme'] })
  expect(read('did you do anything for Acme today?')).toMatchObject({ kind: 'did', period: { kind: 'days' } })
})

test('somebody who is not known is not taken for their namesake', () => {
  expect(read('how is Jane Smith?')).toMatchObject({ kind: 'status', words: ['Jane', 'Smith'] })
})

test('a name that is also a word of the language is one only beside its other part', () => {
  expect(read('what may I do now? anything for me?')).toEqual({ kind: 'needs-me' })
  expect(read('so, may chen: what is the latest?')).toMatchObject({ kind: 'status', words: ['may', 'chen'] })
})

test('of two names that were said, none is guessed', () => {
  expect(read('is it Acme or José Álvarez today, hm')).not.toMatchObject({ kind: 'status', words: ['acme'] })
})

test('what is paused is asked for in some ways', () => {
  for (const text of ['what’s paused?', 'is anything on hold right now', 'Did somebody pause something? ⏸️']) {
    expect(read(text)).toEqual({ kind: 'paused' })
  }
})

test('what failed in a time is told of that time, not of now', () => {
  expect(read('what failed yesterday')).toEqual({ kind: 'failed', period: { kind: 'days', from: 1, to: 1 } })
  expect(read('which onboardings failed last week?')).toMatchObject({ kind: 'failed', period: { back: 1 } })
  expect(read('how many employee onboardings failed last week')).toMatchObject({
    ...{ kind: 'failed', period: { back: 1 }, workflow: 'employee-onboarding' },
  })
  expect(read('what went wrong overnight?')).toMatchObject({ kind: 'failed', period: { from: 1 } })
  expect(read('what went wrong?')).toMatchObject({ kind: 'why', words: [] })
  expect(read('what failed today')).toEqual({ kind: 'failed', period: { kind: 'days', from: 0, to: 0 } })
})

test('a time of which nothing can be told is noted, so that the answer says so', () => {
  const yesterday = { kind: 'days', from: 1, to: 1 }
  expect(read('what was stuck yesterday')).toEqual({ kind: 'stuck', otherTime: yesterday })
  expect(read('was github down yesterday?')).toEqual({ kind: 'health', service: 'github', otherTime: yesterday })
  expect(read('who was waiting for me last week')).toMatchObject({
    kind: 'needs-me',
    otherTime: { kind: 'week', back: 1 },
  })
  expect(read('was Acme stuck yesterday?')).toMatchObject({ kind: 'status', otherTime: yesterday })
  // What is so today is so now.
  expect(read('what is stuck today')).toEqual({ kind: 'stuck' })
})

test('a time is kept for what can be told of it', () => {
  const tomorrow = { kind: 'future', unit: 'day', ahead: 1, isBy: false }
  expect(read('what is due tomorrow?')).toEqual({ kind: 'due', period: tomorrow })
  expect(read('how many will finish tomorrow?')).toEqual({ kind: 'due', period: tomorrow })
  expect(read('who approved Acme yesterday?')).toMatchObject({ kind: 'who', period: { from: 1, to: 1 } })
  expect(read('who skipped steps last week?')).toEqual({
    kind: 'deeds',
    deed: 'skip',
    period: { kind: 'week', back: 1 },
  })
  expect(read('have you done anything today')).toMatchObject({ kind: 'did', words: [], period: { from: 0, to: 0 } })
})

test('a long text is read in no time', () => {
  const before = process.hrtime.bigint()
  for (const piece of ['jane doe ', 'why, ', '😬', 'janne deo - ', 'approve: ']) read(piece.repeat(20_000))
  expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(30_000)
})
