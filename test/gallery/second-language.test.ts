import { describe, expect, it } from 'vitest'
import { judgeSigns, LIMITS } from '../../src/watchdog/judge-signs.ts'
import { alertMail, resolvedMail } from '../../views/mails/alert-mail.ts'
import { watchdogMail } from '../../views/mails/watchdog-mail.ts'
import { sourcesIn } from '../architecture/read-source.ts'
import { expectMessage, expectView } from '../views/drawn.ts'
import { foreign, lengthened, spoken } from './pseudo-language.ts'
import { sampleAnswers } from './sample-answers.ts'
import { sampleCards } from './sample-cards.ts'
import { sampleViews } from './sample-windows.ts'

const drawAll = () => ({ messages: { ...sampleCards(), ...sampleAnswers() }, views: sampleViews() })

/** All that people read in what is drawn, the fallback text too. */
function readIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, each]) =>
    typeof each === 'string' ? (READ.has(name) ? [each] : []) : readIn(each),
  )
}
const READ = new Set(['text', 'accessibility_label', 'fallback'])

/** As they are typed, in every language. */
const COMMAND = /\/(?:audit|process|purser retry)\b/g

describe('a second language', () => {
  it('is spoken in everything that is drawn: what stays in English is data', () => {
    const drawn = spoken(foreign, drawAll)
    const all = Object.entries({ ...drawn.messages, ...drawn.views })
    expect(all.length).toBeGreaterThan(300)
    const data = sourcesIn('test/gallery', 'test/views', 'test/support', 'workflows', 'src/connectors', 'src/domain')
      .map(({ text }) => text.replace(/[\s-]+/g, ' '))
      .join('\n')
    const left = all.flatMap(([name, sample]) =>
      readIn(sample)
        .flatMap((text) => text.replace(COMMAND, '/').match(/[A-Za-z][A-Za-z’']+(?: [A-Za-z’']+)+/g) ?? [])
        .filter((words) => !data.includes(words))
        .map((words) => `${name}: ${words}`),
    )
    expect([...new Set(left)]).toEqual([])
  })

  it('is spoken in mails and by the watchdog', () => {
    const now = Date.UTC(2026, 10, 3, 10)
    const said = spoken(foreign, () => {
      const alerts = [1, 2].map(() => ({ text: '42', since: now - 60_000 }))
      const signs = { now, beatAt: 0, hasMain: true, freeBytes: 0, file: '1', said: { database: null, alerts: '2' } }
      const troubles = [
        ...judgeSigns(signs, LIMITS).values(),
        ...judgeSigns({ ...signs, hasMain: false }, LIMITS).values(),
      ]
      const told = troubles.map((text) => ({ text, at: now, host: '10.0.0.1' }))
      return [
        alertMail({ alerts, now, why: '503', trouble: '42' }),
        resolvedMail([{ text: null }, { text: '42' }]),
        ...told.flatMap((each) => (['begun', 'over'] as const).map((tells) => watchdogMail({ ...each, tells }))),
      ]
    })
    expect(said.length).toBeGreaterThan(10)
    expect(said.filter(({ subject, text }) => /[A-Za-z]/.test(subject + text))).toEqual([])
  })

  it('fits where English does, though its words are longer by two fifths', () => {
    const { messages, views } = spoken(lengthened, drawAll)
    for (const drawing of Object.values(messages)) expectMessage(drawing)
    for (const view of Object.values(views)) expectView(view)
  })

  it('leaves English to be spoken behind it', () => {
    const before = JSON.stringify(drawAll())
    expect(JSON.stringify(spoken(foreign, drawAll))).not.toBe(before)
    expect(JSON.stringify(drawAll())).toBe(before)
  })
})
