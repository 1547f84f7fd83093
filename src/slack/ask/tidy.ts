import { plainText } from './plain-text.ts'

const LONGEST = 500

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\b(what|who|how|where|when|why|that|it|there|here)'s(?![a-z'])/gi, '$1 is'],
  [/\b(what|who|how|where|when|why)s(?= )/gi, '$1 is'],
  [/\b(what|who|how|where|when|why|they|we|you)'re\b/gi, '$1 are'],
  [/\b(what|who|how|where|when|why)'d\b/gi, '$1 did'],
  [/\b(i|we|you|they)'ve\b/gi, '$1 have'],
  [/\b(it|that|who|he|she|they|we|you|i)'ll\b/gi, '$1 will'],
  [/\bi'm\b/gi, 'i am'],
  [/\b(is|are|was|were|has|have|had|did|do|does|would|should|could)n'?t\b/gi, '$1 not'],
  [/\bcan'?t\b/gi, 'can not'],
  [/\bgonna\b/gi, 'going to'],
  [/\bwon'?t\b/gi, 'will not'],
]

/** What is asked behind it stands in it whole: `could you tell me how …`, `I do not suppose you know why …`. */
const INDIRECT =
  /^(?!.{0,40}\b(?:i|we) (?:already )?(?:know|knew|say|said|tell|told)\b).{0,80}?\b(?:tell|telling|say|know|wonder|wondering|inform|find out)(?: (?:to|me|us|please|about))* (?=(?:who|what|why|when|where|how|which|whether|if)\b)(?:whether |if )?/i
/** Said before or behind what is asked. */
const GREETING =
  /^(?:(?:hey|hi|hello|yo|hiya|howdy|(?:good )?(?:morning|afternoon|evening)|right|ok|okay|so|and|but|quick question|please|kindly|um|uh|sorry)(?: purser| there| team| all)?|purser)[ ,:!.-]+(?=\S)(?!(?:everyone|everybody|all|team|folks|there|purser|now)\b\P{L}*$)/iu

/** What was said without what says nothing: spaces, quotes, greetings, politeness; short forms written out. */
export function tidy(text: string): string {
  const said = plainText(text.slice(0, LONGEST))
    .normalize('NFC')
    .replace(/[‘’`´]/g, "'")
    .replace(/[“”"*~\n\t]+/g, ' ')
    .replace(/^\s*<@[UW][A-Z0-9]+>/, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,:]+/, '')
    .replace(GREETING, '')
    .replace(GREETING, '')
    .replace(/[\s?!.…,]+$/, '')
    .replace(/,? (?:please|thanks|thank you|pls|plz|cheers|btw|by the way|then)$/i, '')
    .trim()
  const whole = SHORT.reduce((now, [short, long]) => now.replace(short, long), said)
  return whole
    .replace(INDIRECT, '')
    .replace(/^(what|who|why|when|where|how) (you|we|they|he|she|it) (are|have|has|were|can|will|is) /i, '$1 $3 $2 ')
    .replace(/^(?:provide|print|display|produce|prepare|fetch) /i, 'show ')
    .replace(
      /^(?:can|could|would|will) (?:you|somebody|someone|anyone) (?:please |quickly |just )*(?:tell|show|remind) (?:me|us) /i,
      'show me ',
    )
    .replace(/^(?:i|we) (?:just )?(?:want|need|would like|wanted) to (?:know|see|check|find out) /i, 'show me ')
    .replace(
      /^(?:do you know|any idea|any clue|i wonder|i am wondering|does anyone know|let me know|curious) (?:if |whether )?/i,
      '',
    )
    .replace(/^(?:can|could|may) (?:i|we) (?:please )?(?:have|get|see) /i, 'show ')
    .replace(/^(show|tell|give|get|send) (?:me|us) /i, '$1 ')
    .replace(
      / (?:that )?(?:i|we) (?:should|must|ought to|need to|have to) (?:know|worry|care|be aware|hear)(?: about| of)?$/i,
      '',
    )
    .replace(/^(?:show|tell) (?=(?:who|what|why|when|where|how|which|whether|if)\b)(?:whether |if )?/i, '')
    .replace(/[\s?!.…,]+$/, '')
    .trim()
}
