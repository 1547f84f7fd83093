import { remembering } from './remembering.ts'
import { formsOf, SHORTEST_SECRET } from './secret-forms.ts'
import { isSecretName as judgeName } from './secret-names.ts'

const HIDDEN_SECRET = '[hidden: secret]'
export const HIDDEN_FIELD = '[hidden: field]'

/** Secrets that nobody loaded here, known by their shape: a vendor's answer may hold a new one. */
const SHAPES = [
  String.raw`\bxox[a-z](?:\.xox[a-z])?-[\w-]{10,500}`,
  String.raw`\bxapp-\d-[\w-]{10,500}`,
  String.raw`\bgh[pousr]_[A-Za-z0-9]{20,255}`,
  String.raw`\bgithub_pat_\w{20,255}`,
  String.raw`\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{8,255}`,
  String.raw`\bwhsec_[A-Za-z0-9+/=]{16,255}`,
  String.raw`\bya29\.[\w-]{20,2000}`,
  String.raw`\bAIza[\w-]{30,100}`,
  String.raw`\beyJ[\w-]{8,2000}\.[\w-]{8,2000}\.[\w-]{0,2000}`,
  String.raw`\b[Bb]earer\s+[\w.~+/-]{8,4000}=*`,
  String.raw`\bhooks\.slack\.com/[\w/-]{8,500}`,
  String.raw`-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\w+/=:,\s\\-]{1,8000}?-----END [A-Z ]{0,40}PRIVATE KEY-----`,
]
const USER_INFO = /(\w:\/\/)[^\s/:@"\\]{1,100}:[^\s/@"\\]{1,500}@/g
const PARAMETER = /([?&;#\s,(]|^)([\w.\-[\]%]{1,64})=([^&;#\s"'<>\\]+)/g
const MEMBER = /"([\w.$-]{1,64})"(\s*:\s*)(?:"((?:[^"\\]|\\.)*)"|-?\d[\d.]*)/g
const ESCAPED_MEMBER = /\\"([\w.$-]{1,64})\\"(\s*:\s*)(?:\\"((?:[^"\\]|\\[^"])*)\\"|-?\d[\d.]*)/g
const AUTHORIZATION = /\b((?:proxy-)?authorization\s*[:=]\s*)((?:\w{1,20} )?[^\s"'\\,;]+)/gi

const isSecretName = remembering(judgeName)

/** Secrets that were replaced (rotated tokens) may still come back in an answer that is on its way. */
const REMEMBERED = 200

/** Hides every secret that was loaded when it was made, and whatever looks like one, wherever it stands. */
export interface Scrub {
  text(text: string): string
  /** The same, of what comes again and again: names of fields and headers. */
  name(name: string): string
}

/** Gives the scrub for the secrets that are loaded now: to be asked for once for each thing that is scrubbed. */
export function createScrub(secrets: () => readonly string[]): () => Scrub {
  let loaded: readonly string[] = []
  let remembered: readonly string[] = []
  let scrub = scrubOf([])
  return () => {
    const now = secrets()
    if (now.length !== loaded.length || now.some((secret, index) => secret !== loaded[index])) {
      loaded = [...now]
      remembered = [...new Set([...loaded, ...remembered])].slice(0, Math.max(REMEMBERED, loaded.length))
      scrub = scrubOf(remembered)
    }
    return scrub
  }
}

function scrubOf(secrets: readonly string[]): Scrub {
  const pattern = patternOf(secrets)
  const text = (whole: string): string => (whole.length < SHORTEST_SECRET ? whole : scrubbed(whole, pattern))
  return { text, name: remembering(text) }
}

function patternOf(secrets: readonly string[]): RegExp {
  // The longest first: a secret that begins with another one is hidden whole.
  const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length)
  return new RegExp([...forms.map(literally), ...SHAPES].join('|'), 'g')
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)

function scrubbed(text: string, pattern: RegExp): string {
  let scrubbed = text.replace(pattern, HIDDEN_SECRET)
  if (scrubbed.includes('://')) scrubbed = scrubbed.replace(USER_INFO, `$1${HIDDEN_SECRET}@`)
  if (scrubbed.includes('":') || scrubbed.includes('" :')) {
    scrubbed = scrubbed.replace(ESCAPED_MEMBER, (member, name: string, colon: string, value?: string) =>
      isSecretName(name) && value !== '' ? String.raw`\"${name}\"${colon}\"${HIDDEN_FIELD}\"` : member,
    )
    scrubbed = scrubbed.replace(MEMBER, (member, name: string, colon: string, value?: string) =>
      isSecretName(name) && value !== '' ? `"${name}"${colon}"${HIDDEN_FIELD}"` : member,
    )
  }
  if (/authorization/i.test(scrubbed)) scrubbed = scrubbed.replace(AUTHORIZATION, `$1${HIDDEN_FIELD}`)
  if (!scrubbed.includes('=')) return scrubbed
  return scrubbed.replace(PARAMETER, (whole, before: string, name: string) =>
    isSecretName(name) ? `${before}${name}=${HIDDEN_FIELD}` : whole,
  )
}
