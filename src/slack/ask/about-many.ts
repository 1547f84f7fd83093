import {
  DUE,
  FILLER,
  FINISHED,
  LATE,
  MINE,
  NOUNS,
  OWED,
  PAUSED,
  RUNNING,
  STUCK,
  SURELY_DUE,
  SURELY_FINISHED,
  SURELY_LATE,
  WAITING,
  WAITS,
} from './cues.ts'
import { THIS_WEEK } from './period.ts'
import type { Lexicon, ListQuestion, Question } from './question.ts'
import type { AskedSentence } from './understand.ts'

/** Whom or what the asker waits for themselves. */
const I_WAIT: readonly RegExp[] = [
  /\b(?:am i|do i|i am|i)(?: still| currently)? (?:wait|waiting)(?: for| on)?\b/,
  /\b(?:who|what|anyone|anybody|anything|something) (?:is )?(?:still )?(?:blocking|holding up|holding back|delaying|blocks) (?:me|my)\b/,
  /^(?:who|what)(?: still)? owes me\b/,
  /\b(?:my|mine) (?:requests|onboardings|runs|processes|stuff|things) (?:are |is )?(?:still )?(?:waiting|stuck|pending|blocked|held up)\b/,
  /^what are my (?:requests|onboardings|runs|processes) waiting (?:for|on)$/,
]
/** What the asker is asked for. */
const ASKS_ME: readonly RegExp[] = [
  /\b(?:waiting|waits|wait|blocked|stuck|depends?|depending|pending|held up|hanging|counting) (?:for|on|with|at|by|because of) me\b/,
  /\b(?:waiting|waits|wait|pending|blocked)(?: for| on)? my\b/,
  /\b(?:my|mine)(?: (?:open|pending|current|outstanding|own|next))* (?:tasks?|approvals?|todos?|to-dos?|to-do list|todo list|inbox|queue|plate|turn|desk|action items?|decisions?|work|backlog|list)\b/,
  /\b(?:do|should|must|have|need|can|am|shall) i (?:(?:still|also|currently) )?(?:have |need |got |supposed )?(?:to )?(?:do|approve|decide|sign|handle|act|answer|review|look at|confirm|take care of|work on|deal with)\b/,
  /\bi (?:still )?(?:(?:have|need|am supposed|ought|got)(?: still)? to|must) (?:do|approve|decide|sign|handle|act|answer|review|look at|confirm|take care|work on|deal)\b/,
  /\bi should (?:do|approve|decide|sign|handle|act|answer|review|look)\b/,
  /\b(?:needs?|wants?|requires?|expects?|expected|awaits?|awaiting|asks?|asking)(?: anything| something| anyone)?(?: from| of| by)? (?:me|my)\b/,
  /\b(?:anything|something|what|what is|things?|tasks?|approvals?|work|is there) (?:open |there |pending |left |new )*(?:for|on|from|with) me\b/,
  /\b(?:assigned|given|sent|handed|delegated|up) to me\b/,
  /^(?:am|have) i (?:been )?(?:blocking|holding (?:\w+ )?up|asked|the blocker|late with)\b/,
  /\bdo i have (?:any|an|some|open|pending|something|anything|to)\b/,
  /^what (?:is )?(?:on|in) my\b/,
  /^who needs (?:me|my)\b/,
]
const MY_RUNS: readonly RegExp[] = [
  /\b(?:my|mine)(?: [\w-]+){0,2} (?:runs?|processes|process|onboardings?|workflows?|requests?|stuff|orders?)\b/,
  /\b(?:have|did|that|which|what|runs|processes|onboardings|requests?|everything|things?|stuff|ones?) i (?:have |had )?(?:start(?:ed)?|kicked off|kick off|launched|launch|requested|request|initiated|opened|triggered|own|order|ordered)\b/,
  /\bstarted by me\b/,
]
const OUR_WAITS =
  /^(?:who|what|whom|which people|which approvals)(?: exactly| all| else)? (?:are|do|is) (?:we|everything|everyone|everybody|all|the team|people)(?: still| all| currently)? (?:waiting|wait|blocked|stuck)(?: for| on| by)?$/

/** Ways of saying one thing in several words, by the word that says it alone. */
const IDIOMS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:(?:do|does) )?not (?:currently )?(?:work|run|mov|go|progress|healthy)(?:e|ing)?\b/g, 'stuck'],
  [/\bon fire\b|\bin flames\b/g, 'stuck'],
  [/\b(?:everything|all|things) (?:ok|okay|fine|alright|good|well)\b/g, 'stuck'],
  [/\b(?:go|goes|going|gone|went) wrong\b/g, 'failed'],
  [
    /\b(?:miss|missed|missing|past|passed|beyond|over|blew|blown|exceed|exceeds|exceeded|exceeding) (?:(?:a|the|its|their|our|any) )?(?:deadlines?|due dates?)\b/g,
    'overdue',
  ],
  [/\bpast due\b/g, 'overdue'],
  [/\bbeing (?:onboarded|offboarded|set up|processed)\b/g, 'running'],
]

/** `is it stuck?` is asked about the one of which was spoken. */
const OF_ONE = /^(?:is|was|has) (?:it|he|she|this|that)(?: one| run| onboarding| process| request)? /

/** `what went wrong?` asks for the reason, too; in a time, for all that did. */
const WENT_WRONG = /^what (?:is |has |have )?(?:went|gone|goes|going) wrong\b/

/** A question about many runs: nothing is left in it that could be a name. */
export function aboutMany(asked: AskedSentence): Question | null {
  const { small } = asked
  const fits = (patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(small))
  const of = workflowIn(small, asked.lexicon)
  const ofWorkflow = of.name ? { workflow: of.name } : {}
  const list = (kind: ListQuestion['kind']): ListQuestion => ({ kind, ...ofWorkflow })
  if (!names(small)) {
    if (fits(I_WAIT)) return { kind: 'my-waits' }
    if (fits(ASKS_ME)) return { kind: 'needs-me' }
    if (fits(MY_RUNS)) return { kind: 'my-runs' }
    if (OUR_WAITS.test(small)) return { kind: 'waiting' }
  }
  if (OF_ONE.test(small) || (asked.period === null && WENT_WRONG.test(small))) return null
  const plain = IDIOMS.reduce((now, [idiom, word]) => now.replace(idiom, word), of.rest)
  const said = plain.split(' ').filter(Boolean)
  const rest = said.filter((word) => !FILLER.has(word) && !/^(?:onboardings?|offboardings?)$/.test(word))
  const has = (set: ReadonlySet<string>): boolean => rest.some((word) => set.has(word))
  const only = (...sets: ReadonlySet<string>[]): boolean => rest.every((word) => sets.some((set) => set.has(word)))
  if (has(MINE) && only(MINE, WAITING, STUCK)) return { kind: 'needs-me' }
  if (has(PAUSED) && only(PAUSED, RUNNING, WAITS)) return { kind: 'paused' }
  if (has(OWED) && only(OWED, WAITING, STUCK)) return list('owed')
  if (has(SURELY_LATE) && only(LATE, RUNNING, WAITING)) return list('late')
  if (has(STUCK) && only(STUCK, RUNNING, WAITING)) {
    const { period } = asked
    const isPast = period !== null && period.kind !== 'future' && HAS_FAILED.test(plain)
    return isPast ? { kind: 'failed', period, ...ofWorkflow } : list('stuck')
  }
  if (has(SURELY_DUE) && only(DUE, LATE, WAITING, RUNNING)) return list('due')
  const tally = tallyIn(asked, { said, rest })
  if (tally) return { ...tally, ...ofWorkflow }
  if (asked.period?.kind === 'future' && rest.length > 0 && only(FINISHED, DUE, RUNNING)) return list('due')
  if (has(LATE) && only(LATE, RUNNING) && /\btoo long\b/.test(small)) return list('late')
  if (has(WAITS) && only(WAITS, RUNNING)) return list('waiting')
  if (
    [...said, of.name].some((word) => RUNNING.has(word ?? '') || word === of.name) &&
    only(RUNNING) &&
    asked.period === null
  ) {
    return said.some((word) => RUNNING.has(word)) || of.name ? list('in-flight') : null
  }
  if (
    /^(?:how many|number of|which|list|show|any|all)\b/.test(small) &&
    rest.every((word) => /^many|number$/.test(word)) &&
    !BY_PURSER.test(small)
  ) {
    return asked.period === null ? list('in-flight') : { kind: 'tally', period: asked.period, ...ofWorkflow }
  }
  return null
}

/** What failed in a time is no list of what is stuck now. */
const HAS_FAILED = /\b(?:fail|broke|crash|error)/
/** What Purser itself did is no count of what finished. */
const BY_PURSER = /\b(?:(?:did|have|has) (?:you|purser)|you (?:have|did)) (?:\w+ )?(?:do|did|done)\b|\byou (?:did|do)\b/
const COUNTS = /^(?:how many|how much|number of|count)\b/

/** Somebody's own name would be lost in a list. */
const names = (small: string): boolean => /<@|\S@\S/.test(small)

function tallyIn(
  { small, period }: AskedSentence,
  { said, rest }: { said: string[]; rest: string[] },
): Extract<Question, { kind: 'tally' }> | null {
  if (period?.kind === 'future' || BY_PURSER.test(small)) return null
  if (!rest.every((word) => FINISHED.has(word) || NOUNS.has(word.replace(/s$/, '')) || /^\d+$/.test(word))) return null
  const sure =
    rest.some((word) => SURELY_FINISHED.has(word)) ||
    /\bsuccess rate\b|\bhow many\b.*\b(?:done|onboard|complete|finish|start)\b/.test(small)
  const counted = COUNTS.test(small) && period !== null
  const takes =
    /^(?:how long|what is the (?:median|average)).*\b(?:take|takes|time|last)\b/.test(small) && rest.length > 0
  const listed = period !== null && said.some((word) => /^(?:done|complete|finish|onboard)$/.test(word))
  return sure || counted || takes || listed ? { kind: 'tally', period: period ?? THIS_WEEK } : null
}

/** The workflow that it names by words of its title, and the sentence without them. */
export function workflowIn(small: string, { workflows }: Lexicon): { name: string | null; rest: string } {
  for (const { name, title } of workflows) {
    for (const called of [title.toLowerCase(), name.replaceAll('-', ' ')]) {
      const found = new RegExp(`\\b${called.replace(/[^\p{L}\p{N} ]/gu, '.')}s?\\b`, 'u').exec(small)
      if (found) return { name, rest: small.replace(found[0], ' ').replace(/\s+/g, ' ').trim() }
    }
    const first = name.split('-', 1)[0] ?? ''
    const others = workflows.filter((each) => each.name.startsWith(`${first}-`)).length > 1
    const rest = small.replace(new RegExp(`\\b${first}(?: requests?| orders?| onboardings?)?\\b`), ' ')
    if (!others && first.length > 4 && rest !== small) return { name, rest: rest.replace(/\s+/g, ' ').trim() }
  }
  return { name: null, rest: small }
}
