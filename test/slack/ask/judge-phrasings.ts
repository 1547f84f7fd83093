import type { Subject } from '../../../db/store.ts'
import { SubjectId } from '../../../src/domain/ids.ts'
import { matchNames } from '../../../src/slack/ask/match-names.ts'
import { isNow, readPeriod } from '../../../src/slack/ask/period.ts'
import type { Lexicon, Question } from '../../../src/slack/ask/question.ts'
import { readQuestion } from '../../../src/slack/ask/read-question.ts'
import { TEAM } from '../../support/test-ids.ts'

/** What the author says is asked: `stuck`; about whom, and about which time, null for none. */
export type Phrasing = readonly [say: string, intent: string, subject: string | null, period?: string | null]

export interface World {
  subjects: readonly string[]
  workflows: readonly string[]
  /** Kinds of questions whose answers hold what was asked for, by intent. */
  right: Readonly<Record<string, readonly string[]>>
}

/** `wrong`: something else is answered, or about somebody else, or about another time. */
export type Verdict = 'understood' | 'not understood' | 'wrong'

const SERVICES = ['github', 'google', 'google workspace', 'jira', 'salesforce', 'gusto', 'slack']

const subjectsOf = (labels: readonly string[]): Subject[] =>
  labels.map((label, index) => ({
    id: SubjectId.parse(`00000000-0000-7000-8000-${String(index).padStart(12, '0')}`),
    team: TEAM,
    key: `${label.toLowerCase().replace(/\W+.*/, '')}@acme.example`,
    label,
  }))

/** Reads every phrasing as Purser would in this world, and says what came of it. */
export function judgeAll(phrasings: readonly Phrasing[], world: World) {
  const subjects = subjectsOf(world.subjects)
  const lexicon: Lexicon = {
    services: new Map(SERVICES.map((name) => [name, name.split(' ', 1).join()])),
    workflows: world.workflows.map((title) => ({ name: title.toLowerCase().replaceAll(' ', '-'), title })),
  }
  const judged = phrasings.map((phrasing) => {
    const question = readQuestion(phrasing[0], { lexicon, subjects })
    return { phrasing, question, verdict: judge(question, phrasing, { ...world, subjects }) }
  })
  return {
    understood: judged.filter(({ verdict }) => verdict === 'understood').length,
    missed: judged.filter(({ verdict }) => verdict === 'not understood').map(inOneLine),
    wrong: judged.filter(({ verdict }) => verdict === 'wrong').map(inOneLine),
    all: judged.length,
  }
}

const inOneLine = ({ phrasing: [say, intent], question }: { phrasing: Phrasing; question: Question }): string =>
  `${say} [${intent}] → ${JSON.stringify(question)}`

/** Whether the answer is of the time that was named, or says that it is of now; what is so today is so now. */
function honours(question: Question, said: string): boolean {
  const named = readPeriod(said, said).period
  const told = 'period' in question ? question.period : 'otherTime' in question ? question.otherTime : null
  if (told) return named === null || JSON.stringify(told) === JSON.stringify(named)
  return named !== null && isNow(named) && !['did', 'tally', 'failed', 'due', 'owed'].includes(question.kind)
}

function judge(
  question: Question,
  [, intent, subject, period = null]: Phrasing,
  world: { subjects: readonly Subject[]; right: World['right'] },
): Verdict {
  const kind = 'deed' in question ? `who ${question.deed}` : question.kind
  if (kind === 'unclear') return intent === 'none' ? 'understood' : 'not understood'
  const words = 'words' in question ? (question.words ?? []) : []
  const found = words.length === 0 ? [] : matchNames(world.subjects, words)
  // "Nothing is known about …" answers nothing, and nothing wrongly.
  if (words.length > 0 && found.length === 0) return 'not understood'
  if (!world.right[intent]?.includes(kind)) return 'wrong'
  if (subject === null && period !== null && !honours(question, period)) return 'wrong'
  if (subject === null) return found.length === 0 ? 'understood' : 'wrong'
  if (found.length === 0) return 'not understood'
  if (period !== null && !honours(question, period)) return 'wrong'
  return found.every(({ label }) => label.startsWith(subject)) ? 'understood' : 'wrong'
}
