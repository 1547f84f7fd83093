import { aboutMany } from './about-many.ts'
import { aboutServices } from './about-services.ts'
import { BARE, LEADING, NO_NAME } from './cues.ts'
import { atTime } from './named-time.ts'
import { DEEDS_OF_ALL, DID, STANDS, WAITS_FOR, WHEN, WHO_DID, WHY } from './patterns.ts'
import { readPeriod } from './period.ts'
import { type Lexicon, NO_LEXICON, type Question } from './question.ts'
import { subjectIn } from './subject-in.ts'
import { tidy } from './tidy.ts'

const HELP =
  /^(?:purser|help(?: me)?(?: out)?|(?:hi|hello|hey|yo|good (?:morning|afternoon|evening|day)|thanks?(?: you)?)(?: there| purser| bot| everyone| everybody| all| team| folks)?|(?:what|which) (?:commands|questions|things) (?:are there|do you (?:have|know|understand)|can i (?:use|ask|do))|commands|menu|usage|(?:show |list )?(?:the |your |all )?commands|how (?:does|do) (?:this|it|you|i|one|we)(?: use (?:this|you|it|purser))? ?(?:work)?|(?:what|how) (?:all |else )?(?:can|do|could|should) (?:you|i|we|one|purser) (?:do|ask|use|say|know|type)(?: (?:here|you|this|it|purser|with you|for me|for us|about))*|who are you|what are you|what is (?:this|purser)|what are you (?:good )?for|which questions (?:can i ask|do you (?:know|understand))|examples?|give (?:an )?examples?)$/
const START =
  /^(?:(?:i|we) (?:want|would like|need|have|wish|am going|are going) to |(?:can|could|may) (?:you|i|we) |how (?:do|can|would|should) (?:i|we|you) |let us |lets |let's |where (?:do|can) i |show how to )?(?:start|kick off|begin|launch|initiate|onboard|open|order|request)(?: (?:a|an|the|another|new|onboarding|for|somebody|someone|process|workflow|employee|client|equipment|run|laptop|of|it|something|hire|person|one|up)\b.*)?$/
const ONBOARD = /^(?:please )?onboard \S/
const STARTABLE =
  /^(?:what|which (?:processes|workflows|ones|things)) (?:can|may|could) (?:i|we) (?:start|run|launch|kick off)$|^(?:list|show)?(?: the| all)* ?workflows$|^what workflows (?:are there|do (?:we|you) have|exist)$/
/** Ways of asking how something stands; the subject is what the group holds. */
const ABOUT: readonly RegExp[] = [
  /^where (?:are we|we are|do we stand|we stand)(?: (?:with|on|at|in))* (.+)$/,
  /^what is (.+?)(?:'s)? (?:status|state|progress|current status|doing|up to|at)$/,
  /^(?:does|did|has|can|is|was) (.+?) (?:have|get|got|gotten|received|receive|given|been given|been added|added|able|use|access) .+$/,
  /^(?:(?:what is|any|is there any|give|show|tell|send|get|need|i need) )?(?:the |an? |me )*(?:latest |current |quick |new )?(?:status|state|progress|updates?|news|word|details|info|information|latest|rundown|lowdown)(?: report| update)? (?:of|for|on|about|with|from) (.+)$/,
  /^(?:how is|where is|what is (?:up|happening|going on|new|the (?:story|deal|situation|latest)) (?:with|on|for|about)|how are|how does|how did|how far (?:is|along is|are we with|did we get with|into)|where are|where does|where do|how do|what about|how about|what step is|which step is|at which step is|what happened (?:to|with)|how (?:are things|is it|are we|is everything|did it go|is the|goes it)(?: going| doing| coming along)? (?:with|for|on))(?: up)? (.+)$/,
  /^(?:is|are|has|have|was|were|did|does) (.+)$/,
  /^(?:how|where) (.+?) (?:is|are|stands?|was)(?: (?:doing|going|standing|at|now|getting on|coming along))*$/,
  /^who (?:owns|runs|handles|has(?! (?:been |already )?\w+(?:ed|en)\b)|looks after|is responsible for|is in charge of|takes care of) (.+)$/,
  /^(?:show|find|look up|search(?: for)?|check(?: on)?|tell|give|open|pull up|see|get|look at|look for|lookup)(?: about| how| me)* (.+)$/,
]

/** What a sentence asks for; a small grammar, so that each answer can be explained. */
export function understand(text: string, lexicon: Lexicon = NO_LEXICON): Question {
  const said = tidy(text)
  const small = lowered(said)
  if (small === '' || HELP.test(small)) return { kind: 'help' }
  if (START.test(small) || ONBOARD.test(small)) return { kind: 'start' }
  if (STARTABLE.test(small)) return { kind: 'start' }
  const { period, rest } = readPeriod(small, said)
  const asked = { said: rest, small: lowered(rest), period, lexicon }
  const question =
    aboutServices(asked) ??
    deedsOfAll(asked) ??
    aboutMany(asked) ??
    whatWasDone(asked) ??
    whoDid(asked) ??
    aboutOne(asked) ??
    stands(asked)
  return question ? atTime(question, period) : { kind: 'unclear', asked: said }
}

export interface AskedSentence {
  /** Without the time that it names. */
  said: string
  small: string
  period: ReturnType<typeof readPeriod>['period']
  lexicon: Lexicon
}

/** In lower case, letter by letter, so that places in it are places in what was typed. */
const lowered = (text: string): string =>
  text.replace(/./gu, (letter) => (letter.toLowerCase().length === letter.length ? letter.toLowerCase() : letter))

/** What a pattern's group holds, as it was typed. */
function groupIn({ said, small }: AskedSentence, pattern: RegExp): string | null {
  const found = pattern.exec(small)
  if (!found) return null
  const group = found[1] ?? ''
  const at = small.lastIndexOf(group)
  return said.slice(at, at + group.length)
}

/** The first pattern that fits and holds a name, or nothing where one can be left out. */
function nameBehind(asked: AskedSentence, patterns: readonly RegExp[]): { asked: string; words: string[] } | null {
  for (const pattern of patterns) {
    const group = groupIn(asked, pattern)
    if (group === null) continue
    const words = subjectIn(group)
    if (words) return { asked: words.join(' '), words }
  }
  return null
}

function whatWasDone(asked: AskedSentence): Question | null {
  const found = nameBehind(asked, DID)
  return found && { kind: 'did', ...found, period: asked.period }
}

/** `who skipped steps last week?`, `which approvals were refused?` */
function deedsOfAll({ small }: AskedSentence): Question | null {
  const found = DEEDS_OF_ALL.find(({ patterns }) => patterns.some((pattern) => pattern.test(small)))
  return found ? { kind: 'deeds', deed: found.deed } : null
}

function whoDid(asked: AskedSentence): Question | null {
  for (const { deed, patterns } of WHO_DID) {
    const about = STANDS.has(deed) ? patterns.filter((_, index) => index !== 2) : patterns
    const found = nameBehind(asked, about)
    if (found) return { kind: 'who', deed, ...found }
  }
  return null
}

const OF_ONE = [
  ['waits', WAITS_FOR],
  ['when', WHEN],
  ['why', WHY],
] as const

function aboutOne(asked: AskedSentence): Question | null {
  for (const [kind, patterns] of OF_ONE) {
    const found = nameBehind(asked, patterns)
    if (found) return { kind, ...found }
  }
  return null
}

/** How somebody stands: asked for as such, or just named. */
function stands(asked: AskedSentence): Question | null {
  const telling = nameBehind(asked, ABOUT)
  const words = telling?.words ?? justNamed(asked.said)
  if (!words) return null
  if (words.length === 0) return telling ? { kind: 'status', asked: '', words } : null
  const isShort = words.length <= (telling ? 6 : 4)
  const isName = !words.some((word) => NO_NAME.has(word.toLowerCase()) || (words.length > 1 && BARE.has(word)))
  return isShort && isName ? { kind: 'status', asked: words.join(' '), words } : null
}

/** A name alone. Without a question around it, everything has to be part of it. */
function justNamed(said: string): string[] | null {
  const words = said.split(' ')
  if (words.some((word) => /^<@[UW]|\S@\S+\.\S/.test(word))) return subjectIn(said)
  const isSentence = words.some((word) => NO_NAME.has(word.toLowerCase()) || /^(?:with|for|of)$/i.test(word))
  return isSentence || isOrder(words) ? null : subjectIn(said)
}

/** `fire Jane Doe`: only the name is written as one. */
const isOrder = ([first = '', second = '']: readonly string[]): boolean =>
  /^\p{Ll}+$/u.test(first) && /^\p{Lu}/u.test(second) && !PARTS_OF_NAMES.test(first) && !LEADING.has(first)
const PARTS_OF_NAMES = /^(?:van|von|de|da|di|du|la|le|al|el|del|dos|bin|ibn|ter|den|der|mac|mc|st)$/
