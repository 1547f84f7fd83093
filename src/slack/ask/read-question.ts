import type { Subject } from '../../../db/store.ts'
import { workflowIn } from './about-many.ts'
import { clausesOf, withoutPictures } from './clauses.ts'
import * as cues from './cues.ts'
import { foldName, matchNames, splitName } from './match-names.ts'
import { atTime } from './named-time.ts'
import { readPeriod } from './period.ts'
import type { Deed, Lexicon, Question } from './question.ts'
import { spelled, VOCABULARY, wellSpelled } from './spell.ts'
import { type Spotted, spotName } from './spot-name.ts'
import { tidy } from './tidy.ts'
import { understand } from './understand.ts'

/** What is longer is no question. */
export const LONGEST = 500

/** Says when an answer will do, and asks for no time. */
const AT_LEISURE =
  /(?:^|,? )(?:when(?:ever)?|if|once) (?:you|u) (?:can|could|(?:get|have|find|got) (?:a|some|the) (?:sec|second|minute|min|moment|chance|time))(?:, ?|$|(?=[.?!]))/i

export interface Known {
  lexicon: Lexicon
  /** Whom runs are about here. */
  subjects: readonly Subject[]
}

/**
 * What a sentence asks for, with the names that are known. The grammar reads it as it stands; where that says nothing, or
 * about nobody who is known, each clause is read, with its typos mended, and then the words around a known name.
 */
export function readQuestion(typed: string, { lexicon, subjects }: Known): Question {
  const text = withoutPictures(typed.slice(0, LONGEST)).replace(AT_LEISURE, '')
  const first = understand(text, lexicon)
  const spotted = spotName(text, { subjects, common: VOCABULARY })
  if (isForbidden(text) || (spotted && (isOfNoProcess(text) || isSaidTo(spotted, text))))
    return unclear(asUnclear(text), text, spotted)
  if (isSure(first, subjects, spotted)) return first
  const clauses = clausesOf(text)
  const sure = clauses
    .flatMap((clause) => [clause, wellSpelled(clause, spotted?.said ?? [])])
    .map((said) => understand(said, lexicon))
    .filter((question) => isSure(question, subjects, spotted))
  // A greeting before or behind something else is no call for help.
  const read = sure.filter(({ kind }) => kind !== 'help')
  if (read.length === 0 && spotted && namesAnother(first, spotted, lexicon)) return first
  const around = spotted ? aroundName(text, spotted) : aboutAll(text, lexicon)
  const all = around ? [...read, around] : read
  // A name alone asks how somebody stands; whatever more is asked says more.
  const asksForHelp = sure.length > 0 && clauses.every((clause) => understand(clause, lexicon).kind === 'help')
  return (
    all.find(({ kind }) => kind !== 'status') ??
    all[0] ??
    (asksForHelp ? { kind: 'help' } : unclear(first, text, spotted))
  )
}

/** Whether nothing that was said is left out: whom it is about, above all. */
function isSure(question: Question, subjects: readonly Subject[], spotted: Spotted | null): boolean {
  switch (question.kind) {
    case 'unclear':
      return false
    case 'did':
    case 'status':
    case 'why':
    case 'waits':
    case 'when':
    case 'who':
      if (question.words.length === 0) return spotted === null && question.kind !== 'status'
      if (isIdentity(question.words)) return true
      return isAbout(question.words, spotted) && matchNames(subjects, question.words).length > 0
    default:
      return spotted === null
  }
}

/** Whether the name that is known is among these words, where one was said. */
const isAbout = (words: readonly string[], spotted: Spotted | null): boolean =>
  spotted === null ||
  splitName(foldName(words.join(' '))).some((word) =>
    [...spotted.said, ...spotted.words].some((part) => part === word || part === word.replace(/s$/, '')),
  )

/** `how is Jane Smith?` where only Jane Doe is known: beside the known part of the name stands one that nobody has. */
function namesAnother(question: Question, { words: parts, said: asSaid }: Spotted, { services }: Lexicon): boolean {
  const said = 'words' in question ? splitName(foldName((question.words ?? []).join(' '))) : []
  const known = [...parts, ...asSaid]
  const isKnown = (word: string | undefined): boolean => known.some((part) => word === part || word === `${part}s`)
  const isStrange = (word: string | undefined): boolean =>
    word !== undefined && !isKnown(word) && !VOCABULARY.has(spelled(word)) && !services.has(word)
  return said.some((word, index) => isKnown(word) && (isStrange(said[index - 1]) || isStrange(said[index + 1])))
}

/** An address, a mention, the end of a run's id: nobody's name, and surely meant. */
const isIdentity = (words: readonly string[]): boolean =>
  words.length === 1 && /^<@|\S@\S|^[0-9a-f]{8}$/.test(words.join().toLowerCase())

/** What the words around a known name ask for; null when they order something, or say nothing that is known. */
function aroundName(text: string, { words, rest }: Spotted): Question | null {
  const said = rest.map(spelled)
  const has = (set: ReadonlySet<string>): boolean => said.some((word) => set.has(word))
  if (isOrder(text) || has(cues.NONE_OF_OURS) || isTold(text, said)) return null
  // Beside the name: `did Jane approve it`. She is no run that was approved.
  if (/^(?:did|has|does) \p{L}+ (?:it|this|that|them|him|her)$/u.test(said.join(' '))) return null
  const small = text.toLowerCase()
  const { period } = readPeriod(small, text)
  const about = { asked: words.join(' '), words }
  const deed = has(cues.STILL_OPEN) ? null : whoseDeed(said)
  if (/\bhow come\b/.test(small) || has(cues.ASKS_WHY)) return atTime({ kind: 'why', ...about }, period)
  if (deed) return atTime({ kind: 'who', deed, ...about }, period)
  if ((period !== null && period.kind !== 'future') || has(cues.RECAPS)) {
    if (period === null || has(cues.ASKS_DONE)) return { kind: 'did', ...about, period }
  }
  if (has(cues.ASKS_WHEN)) return atTime({ kind: 'when', ...about }, period)
  if (has(cues.ASKS_WAITS)) return atTime({ kind: 'waits', ...about }, period)
  return has(cues.ASKS_STATUS) || isAboutState(said) || ALL_WELL.test(said.join(' '))
    ? atTime({ kind: 'status', ...about }, period)
    : null
}

/** `Jane is waiting for you in reception`, `Tom and I are off`: told among people, and asked nothing. */
const isTold = (text: string, rest: readonly string[]): boolean => TOLD.test(text) || isStatement(text, rest)

/** `I know who approved it`: what the asker knows. */
const TOLD = /^(?:i|we) (?:already |just )?(?:know|knew|told|said|heard|think|thought)\b/i

/** `Jane, could you approve this?`: said to somebody else. */
function isSaidTo({ said }: Spotted, text: string): boolean {
  const [called = '', ...rest] = text.split(', ')
  const names = splitName(foldName(called))
  return (
    names.length > 0 &&
    names.every((word) => said.includes(word)) &&
    /^(?:please |(?:could|can|would|will) you )/i.test(rest.join())
  )
}

const isStatement = (text: string, rest: readonly string[]): boolean =>
  !/\?|\b(?:who|what|why|when|where|how|which|status|update|news)\b/i.test(text) &&
  rest.some((word) => /^(?:i|me|you|we|us|my|your|our)$/.test(word)) &&
  rest.some((word) => /^(?:is|are|am|was|were|has|have|will)$/.test(word)) &&
  !/^(?:please |can |could |tell |show |give |is |are |has |have |was |were |will |am |i (?:want|need|would))/i.test(
    tidy(text),
  )

/** `is Jane good to go`, `Acme, all good?` */
const ALL_WELL = /\b(?:good to go|all (?:set|good|clear|sorted)|sorted out|squared away)\b/

/** `where are we`, `how is it`, `what about`: of words that ask, and no others. */
const isAboutState = (said: readonly string[]): boolean =>
  said.some((word) => /^(?:where|how)$/.test(word)) && said.every((word) => VOCABULARY.has(word))

/** Who approved it is asked in many ways; of the other deeds one asks with "who". */
function whoseDeed(said: readonly string[]): Deed | null {
  const whole = said.join(' ')
  if (said.some((word) => cues.ASKS_APPROVED.has(word)) || /\bsign(?:ed|s)?\b.*\boff\b|\bsaid yes\b/.test(whole)) {
    return 'approve'
  }
  if (!/\b(?:who|whom)\b/.test(whole)) return null
  return DEEDS.find(([, form]) => form.test(whole))?.[0] ?? null
}

const DEEDS: readonly (readonly [Deed, RegExp])[] = [
  ['refuse', /\b(?:refused|rejected|declined|denied)\b/],
  ['skip', /\bskipped\b/],
  ['retry', /\b(?:retried|restarted)\b/],
  ['escalate', /\bescalated\b/],
  ['cancel', /\b(?:cancell?ed|aborted|stopped)\b/],
  ['hand-over', /\b(?:delegated|reassigned)\b/],
  ['start', /\b(?:started|launched|requested|triggered|opened|submitted)\b/],
]

/** `don't start anything for Acme`: what must not be done is an order as well; `don't we have news?` asks. */
const isForbidden = (text: string): boolean =>
  clausesOf(text).some((clause) =>
    /^(?:(?:please|pls|ok|okay|and|just|purser|but|so) )*(?:(?:don['’]?t|do not|never)(?! (?:we|you|i|they|people)\b)|nvm|nevermind|forget) \p{L}/iu.test(
      clause,
    ),
  )

/** `when is Jane's birthday`, `where does she live`, `how do I cancel it`: of what is asked for no process knows. */
const isOfNoProcess = (text: string): boolean =>
  clausesOf(text).some((clause) => {
    const words =
      tidy(clause)
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu) ?? []
    const [ask = '', , who = '', verb = ''] = words
    if (ask === 'how' && /^(?:i|we|one|you)$/.test(who) && cues.ORDERS.has(verb)) return true
    if (/^where does .+ (?:live|sit|work|come from)$/.test(words.join(' '))) return true
    return /^(?:what|when|where|how)$/.test(ask) && cues.NONE_OF_OURS.has(words.at(-1) ?? '')
  })

/** `delete Jane`, `please approve Tom for me`: orders are given with buttons, by whoever may. */
function isOrder(text: string): boolean {
  return clausesOf(text).some((clause) => {
    const words = clause.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
    const verb = words.find((word) => !cues.POLITE.has(word))
    return (
      verb !== undefined &&
      cues.ORDERS.has(verb) &&
      !/\btell (?:me|us)\b.*\b(?:how|why|what|where|about)\b|\bupdate (?:on|about|for|of|regarding)\b/.test(
        clause.toLowerCase(),
      )
    )
  })
}

/** A question about all by its words alone, where it begins as one. */
function aboutAll(text: string, lexicon: Lexicon): Question | null {
  for (const clause of clausesOf(text)) {
    const said = (wellSpelled(clause.toLowerCase(), []).match(/[\p{L}\p{N}'-]+/gu) ?? []).filter((word) => word !== '')
    const has = (set: ReadonlySet<string>): boolean => said.some((word) => set.has(word))
    const unknown = said.filter((word) => !VOCABULARY.has(word))
    if (!has(cues.ABOUT_ALL) || unknown.length > MOST_UNKNOWN || isOrder(clause)) continue
    if (has(cues.NONE_OF_OURS) || /\blate (?:for|to)\b/i.test(clause)) continue
    const { name } = workflowIn(clause.toLowerCase(), lexicon)
    const of = name === null ? {} : { workflow: name }
    const { period } = readPeriod(clause.toLowerCase(), clause)
    if (has(cues.SURELY_LATE)) return atTime({ kind: 'late', ...of }, period)
    if (has(STUCK_ALONE)) return atTime({ kind: 'stuck', ...of }, period)
    if (has(cues.MINE) && has(cues.WAITING)) return atTime({ kind: 'needs-me' }, period)
  }
  return null
}
const MOST_UNKNOWN = 2
const STUCK_ALONE = new Set('stuck blocked failing failed hanging halted stalled jammed broken blockers'.split(' '))

/** A name and nothing that is understood: whoever asks is shown what could be told about it. */
const asUnclear = (text: string): Question => ({ kind: 'unclear', asked: text.trim() })

function unclear(first: Question, text: string, spotted: Spotted | null): Question {
  if (!spotted) return first
  return { kind: 'unclear', asked: text.trim(), words: spotted.words }
}
