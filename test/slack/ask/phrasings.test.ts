import { describe, expect, test } from 'vitest'
import { SubjectId } from '../../../src/domain/ids.ts'
import { matchNames } from '../../../src/slack/ask/match-names.ts'
import type { Lexicon, Question } from '../../../src/slack/ask/question.ts'
import { understand } from '../../../src/slack/ask/understand.ts'
import { TEAM } from '../../support/test-ids.ts'
import { PHRASINGS } from './phrasings.ts'

const LEXICON: Lexicon = {
  services: new Map([
    ['github', 'github'],
    ['google', 'google'],
    ['google workspace', 'google'],
    ['jira', 'jira'],
    ['salesforce', 'salesforce'],
    ['gusto', 'gusto'],
    ['slack', 'slack'],
  ]),
  workflows: [
    { name: 'employee-onboarding', title: 'Employee onboarding' },
    { name: 'equipment-request', title: 'Equipment request' },
  ],
}

const SUBJECTS = ['Jane Doe', 'Acme Ltd', 'Ada Byron', 'Sam Roe'].map((label, index) => ({
  id: SubjectId.parse(`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`),
  team: TEAM,
  key: `${label.split(' ', 1).join().toLowerCase()}@acme.example`,
  label,
}))

/** Kinds of questions whose answers hold what was asked for. */
const RIGHT: Readonly<Record<string, readonly string[]>> = {
  status: ['status', 'when', 'waits', 'why', 'did'],
  stuck: ['stuck'],
  'waiting-for-me': ['needs-me'],
  activity: ['did'],
  'why-failed': ['why', 'waits'],
  none: ['unclear', 'help', 'start'],
  late: ['late', 'due'],
  'approved-by': ['who approve'],
  'i-wait-for': ['my-waits', 'my-runs'],
  'under-way': ['in-flight'],
  help: ['help', 'start'],
  finished: ['tally'],
  'service-health': ['health'],
  'waits-for-whom': ['waits', 'status', 'when'],
  'no-such-subject': ['status', 'when', 'waits', 'why'],
  'who-started': ['who start', 'status', 'when'],
}

type Verdict = 'understood' | 'not understood' | 'wrong'

function judge(question: Question, intent: string, subject: string | null): Verdict {
  const kind = question.kind === 'who' ? `who ${question.deed}` : question.kind
  if (kind === 'unclear') return intent === 'none' ? 'understood' : 'not understood'
  if (!RIGHT[intent]?.includes(kind)) return 'wrong'
  const words = 'words' in question ? question.words : []
  const found = words.length === 0 ? [] : matchNames(SUBJECTS, words)
  if (subject === null) return found.length === 0 ? 'understood' : 'wrong'
  if (found.length === 0) return 'not understood'
  return found.some(({ label }) => label.startsWith(subject)) ? 'understood' : 'wrong'
}

describe('what an independent author asks', () => {
  const judged = PHRASINGS.map(([say, intent, subject]) => {
    const question = understand(say, LEXICON)
    return { say, intent, question, verdict: judge(question, intent, subject) }
  })
  const those = (verdict: Verdict) => judged.filter((each) => each.verdict === verdict)

  test('is understood', () => {
    const understood = those('understood').length
    console.info(
      `${understood} of ${judged.length} phrasings understood (${Math.round((understood / judged.length) * 100)}%)`,
    )
    expect(understood / judged.length).toBeGreaterThanOrEqual(0.85)
  })

  test('is never answered as if something else had been asked', () => {
    expect(
      those('wrong').map(({ say, intent, question }) => `${say} [${intent}] → ${JSON.stringify(question)}`),
    ).toEqual([])
  })
})
