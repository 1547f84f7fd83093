import { plainText } from './plain-text.ts'

/** What somebody wants to know. */
export type Question =
  /** `asked`: as they called it · `words`: what to look for. */
  | { kind: 'status'; asked: string; words: readonly string[] }
  | { kind: 'stuck' | 'needs-me' | 'in-flight' | 'help' }
  | { kind: 'unclear'; asked: string }

const LONGEST = 500
/** A name has hardly more words; what has is a sentence that is none of ours. */
const MOST_WORDS = 6

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const STUCK = words(
  'stuck failing failed fails failures failure blocked blocking broken wrong problem problems error errors trouble',
)
const RUNNING = words(
  'running flight progress underway way active ongoing open happening going unfinished process processes runs status state',
)
const MINE = words('me my mine i')
const WAITING = words(
  'needs need waiting waits wait todo do for decide decisions approve approval approvals task tasks asked asks',
)
/** Words that say nothing about which runs are meant. */
const FILLER = words(
  "what what's whats which who who's is are any anything anyone something everything things all the list show give tell " +
    'currently right now today there has have been got gone to still in on at of with under our us moment please how ' +
    'run runs process processes onboarding onboardings workflow workflows step steps a',
)
const HELP =
  /^(?:help(?: me)?|hi|hello|hey|good (?:morning|afternoon|evening|day)|thanks?(?: you)?|commands|how (?:does|do) (?:this|it|you) work|(?:what|how) can (?:you|i) (?:do|ask)(?: (?:here|you))?|who are you|what are you)$/

/** Ways of asking how something stands; the subject is what the group holds. */
const ABOUT: readonly RegExp[] = [
  /^(?:(?:what's|what is|any|is there any|give|show|tell) )?(?:the |an? )?(?:status|state|progress|updates?|news) (?:of|for|on|about|with) (.+)$/,
  /^(?:how's|where's|what's|who's|how is|how are|how does|how did|how far (?:is|along is)|where is|where are|where does|what is|what about|how about|what happened (?:to|with))(?: up)? (.+)$/,
  /^(?:is|are|has|was|did|does|when will) (.+)$/,
  /^who (?:started|owns|runs|handles|has) (.+)$/,
  /^(?:show|find|look up|check|tell|give)(?: about| how)? (.+)$/,
]
const LEADING = words('the about with of for on run process is and')
const TRAILING = words(
  'going doing at now standing stand stands progressing proceeding coming along getting on so far stuck done finished ready ' +
    'started failed failing blocked running waiting for is status state progress update updates today currently yet up ' +
    'onboarding process run workflow setup account accounts case',
)
/** With these in it, what was said is no name. */
const NO_NAME = words(
  'i you we it they my your this that can could should would want where when why how what who please',
)

/** What a sentence asks for; a small grammar, so that each answer can be explained. */
export function understand(text: string): Question {
  const said = tidy(text)
  const small = said.toLowerCase()
  if (small === '' || HELP.test(small)) return { kind: 'help' }
  return overview(small.split(' ')) ?? aboutSubject(said) ?? { kind: 'unclear', asked: said }
}

/** Spaces, quotes and politeness put aside; a leading mention is Purser's own. */
function tidy(text: string): string {
  return plainText(text.slice(0, LONGEST))
    .normalize('NFC')
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”"*~\n\t]+/g, ' ')
    .replace(/^\s*<@[UW][A-Z0-9]+>/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,:]+/, '')
    .replace(/^(?:(?:hey|hi|hello|ok|please)(?: purser)?|purser)[ ,:]+(?=\S)/i, '')
    .replace(/^(?:can|could) you (?:please )?(?:tell|show) me /i, 'show me ')
    .replace(/^(show|tell|give) (?:me|us) /i, '$1 ')
    .replace(/[\s?!.…,]+$/, '')
    .replace(/,? (?:please|thanks|thank you)$/i, '')
    .trim()
}

/** A question about many runs: nothing is left in it that could be a name. */
function overview(said: readonly string[]): Question | null {
  const rest = said.filter((word) => !FILLER.has(word))
  const only = (...sets: ReadonlySet<string>[]): boolean => rest.every((word) => sets.some((set) => set.has(word)))
  if (rest.some((word) => MINE.has(word)) && only(MINE, WAITING, STUCK)) return { kind: 'needs-me' }
  if (rest.some((word) => STUCK.has(word)) && only(STUCK)) return { kind: 'stuck' }
  if (said.some((word) => RUNNING.has(word)) && only(RUNNING)) return { kind: 'in-flight' }
  return null
}

function aboutSubject(said: string): Question | null {
  const small = said.toLowerCase()
  const telling = ABOUT.find((pattern) => pattern.test(small))
  const group = telling?.exec(small)?.[1]
  // The same letters as typed: lower case can have another length, hence from the end only when it has not.
  const subject = group === undefined ? said : said.length === small.length ? said.slice(-group.length) : group
  const found = trimmed(subject.split(' ').filter(Boolean))
  const isName = found.length > 0 && !found.some((word) => NO_NAME.has(word.toLowerCase()))
  const most = telling ? MOST_WORDS : MOST_WORDS - 2
  if (isName && found.length <= most) return { kind: 'status', asked: found.join(' '), words: found }
  const sure = said.split(' ').find((word) => /^<@[UW]|^\S+@\S+\.\S+$/.test(word))
  return sure ? { kind: 'status', asked: sure, words: [sure] } : null
}

/** The name alone: without 's, and without the words around it; one word always stays. */
function trimmed(subject: readonly string[]): string[] {
  const bare = subject.map((word) => word.replace(/'s?$/i, '').replace(/^[#'(]+|[,;:)']+$/g, '')).filter(Boolean)
  let from = 0
  let to = bare.length
  while (to - from > 1 && TRAILING.has(bare[to - 1]?.toLowerCase() ?? '')) to -= 1
  while (to - from > 1 && LEADING.has(bare[from]?.toLowerCase() ?? '')) from += 1
  return bare.slice(from, to)
}
