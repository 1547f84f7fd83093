import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import type { Step } from '../../src/domain/run.ts'
import { actorName } from '../../views/answers/entry-words.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { cut } from '../../views/limits.ts'
import { machineName } from '../../views/machine-name.ts'
import { plainOfMarkup } from '../../views/mails/plain-of-markup.ts'
import { escaped, tame, tameLine } from '../../views/outside-text.ts'
import {
  decodeAuditRef,
  decodeEntryRef,
  decodeRunRef,
  decodeStepMenu,
  decodeStepRef,
  decodeWorkflowRef,
  encodeAuditRef,
  encodeCallsRef,
  encodeEntryRef,
  encodeRunRef,
  encodeStepRef,
  encodeWorkflowRef,
  stepBlockId,
} from '../../views/references.ts'
import { dateToken, duration } from '../../views/times.ts'
import { inWords, listed } from '../../views/wording.ts'
import { ctx, entryId, key, outline, policy, runId, T0 } from './sample-run.ts'
import { runWith, stepStates } from './sample-states.ts'

const retrying = stepStates.retrying as Step
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

describe('cutting', () => {
  test('keeps within the limit and ends with a whole character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const short = cut(text, max)
        expect(short.length).toBeLessThanOrEqual(max)
        expect(text.length > max || short === text).toBe(true)
        if (text.length <= max) return
        const kept = short.slice(0, -1)
        const starts = [...graphemes.segment(text)].map((each) => each.index)
        expect(short.endsWith('…') && text.startsWith(kept)).toBe(true)
        expect(starts.some((at) => text.slice(0, at).trimEnd() === kept)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('never splits a family, a flag or a skin tone', () => {
    expect(cut('ab👩‍👩‍👧‍👦cd', 8)).toBe('ab…')
    expect(cut('ab🇩🇪cd', 5)).toBe('ab…')
    expect(cut('ab👍🏽cd', 5)).toBe('ab…')
  })
})

describe('a name for what is no person', () => {
  test('is that of the system outside for which Purser acts, else its own', () => {
    expect(machineName({ kind: 'machine', part: 'hook', name: 'hr-platform' })).toBe('hr-platform (webhook)')
    expect(machineName({ kind: 'machine', part: 'engine' })).toBe('Purser')
    const named = { ...ctx, name: (actor: Actor) => (actor.kind === 'machine' ? machineName(actor) : 'Somebody') }
    expect(actorName('purser:hook/contracts', named)).toBe('contracts (webhook)')
    expect(actorName('purser:engine', named)).toBe('Purser')
    expect(actorName('slack:T0ACME000/U0TIM', named)).toBe('Somebody')
  })
})

test('a mail has each time once, where Slack shows how far it is too', () => {
  const { text } = failureCard({ run: runWith(retrying), step: retrying, outline, policy }, ctx)
  expect(text).toContain('{ago}')
  expect(plainOfMarkup(text)).toContain('next at 10:05 UTC. 3 attempts')
})

describe('text from outside', () => {
  test('is never empty, never longer than allowed and always well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 2, max: 100 }), (text, max) => {
        for (const shown of [tame(text, max), tameLine(text, max)]) {
          expect(shown.trim().length).toBeGreaterThan(0)
          expect(shown.length).toBeLessThanOrEqual(max)
          expect(shown.isWellFormed()).toBe(true)
        }
        expect(tameLine(text, max)).not.toContain('\n')
      }),
      { numRuns: 500 },
    )
  })

  test('keeps what people write in any language', () => {
    for (const name of ['Zoë Müller', '山田太郎', 'می‌خواهم', 'שלום', '👩‍👩‍👧‍👦 Doe', "O'Neil & Söhne"])
      expect(tame(name, 80)).toBe(name)
    expect(escaped('<!channel> & co')).toBe('&lt;!channel&gt; &amp; co')
  })
})

describe('references in buttons', () => {
  test('come back as they were put in', () => {
    const ref = { run: runId, step: key('licence:jane.doe@acme.example'), version: 12 }
    expect(decodeStepRef(encodeStepRef(ref))).toEqual(ref)
    expect(decodeStepMenu({ block_id: stepBlockId(ref), selected_option: { value: 'calls' } })).toEqual({
      choice: 'calls',
      ref,
    })
    expect(decodeRunRef(encodeRunRef(runId))).toBe(runId)
    expect(decodeEntryRef(encodeEntryRef(entryId(5)))).toBe(entryId(5))
    expect(decodeWorkflowRef(encodeWorkflowRef('claim'))).toEqual({ workflow: 'claim', initial: {} })
    expect(decodeAuditRef(encodeAuditRef({ query: 'jane', before: entryId(5) }))).toEqual({
      query: 'jane',
      before: entryId(5),
    })
    expect(decodeAuditRef(encodeCallsRef(runId, ref.step))?.query).toBe(
      'run:3f9a2b1c step:licence:jane.doe@acme.example',
    )
  })

  test('that are none of ours are null, whatever they hold', () => {
    const decoders = [decodeStepRef, decodeRunRef, decodeEntryRef, decodeWorkflowRef, decodeAuditRef, decodeStepMenu]
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), (value) => {
        for (const decode of decoders) expect(decode(value)).toBeNull()
      }),
      { numRuns: 300 },
    )
    expect(decodeStepRef(JSON.stringify({ r: runId, s: 'No Step', v: 1 }))).toBeNull()
    expect(decodeStepRef(JSON.stringify({ r: runId, s: 'github-org', v: 1, more: 1 }))).toBeNull()
    const press = (block_id: string, value = 'calls') => decodeStepMenu({ block_id, selected_option: { value } })
    expect(press(`${runId}.1.github-org`)).not.toBeNull()
    for (const block of [
      `${runId}..github-org`,
      `${runId}.x.github-org`,
      `${runId}.1`,
      'run.1.github-org',
      `${runId}.-1.a`,
    ]) {
      expect(press(block)).toBeNull()
    }
    expect(press(`${runId}.1.github-org`, 'explode')).toBeNull()
  })
})

describe('times and words', () => {
  test.each([
    [0, 'under 0.1 s'],
    [1_000, '1 s'],
    [1_230, '1.2 s'],
    [9_960, '10 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [3_599_600, '1 h'],
    [7_500_000, '2 h 5 min'],
    [86_399_000, '1 day'],
    [100_000_000, '1 day 4 h'],
    [187_200_000, '2 days 4 h'],
  ])('%i ms is %s', (ms, words) => {
    expect(duration(ms)).toBe(words)
  })

  test('a time is shown in the reader’s zone, in UTC where that cannot be', () => {
    expect(dateToken(T0, 'clock')).toBe(`<!date^${T0 / 1000}^{time}|10:00 UTC>`)
    expect(dateToken(T0, 'second')).toContain('|2026-11-03 10:00:00 UTC>')
  })

  test('lists and identifiers read as words', () => {
    expect(listed(['a'])).toBe('a')
    expect(listed(['a', 'b', 'c'])).toBe('a, b and c')
    expect(listed(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
    expect(inWords('workEmail')).toBe('Work email')
    expect(inWords('engineering-manager')).toBe('Engineering manager')
  })
})
