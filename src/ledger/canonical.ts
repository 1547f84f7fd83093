import type { EntryCore, SealedBody } from '../domain/entry.ts'

/** The members of a core in the order of RFC 8785: by UTF-16 code units. */
const MEMBERS = [
  'actor',
  'at',
  'attempt',
  'body',
  'call',
  'class',
  'digest',
  'duration',
  'facts',
  'id',
  'key',
  'kind',
  'method',
  'operation',
  'run',
  'service',
  'status',
  'step',
  'subjects',
  'team',
  'try',
  'url',
  'v',
] as const satisfies readonly (keyof EntryCore)[]

/**
 * The RFC 8785 form of a core: the text whose UTF-8 bytes are hashed. Throws TypeError for what the format does not
 * hold: another member, a number that is no safe integer, a lone surrogate.
 */
export function canonical(core: EntryCore): string {
  let text = ''
  let written = 0
  for (const name of MEMBERS) {
    const value = core[name]
    if (value === undefined) continue
    text += `${written === 0 ? '{' : ','}"${name}":${member(name, value)}`
    written += 1
  }
  let given = 0
  // Three times as fast as Object.values, on the path of every entry.
  for (const name in core) if (core[name as keyof EntryCore] !== undefined) given += 1
  if (given !== written) throw new TypeError(`An entry has no ${strangersOf(core).join(', ')}`)
  return `${text}}`
}

type Value = EntryCore[keyof EntryCore]

function member(name: string, value: Value): string {
  if (typeof value === 'string') return quoted(name, value)
  if (typeof value === 'number') return integer(name, value)
  if (Array.isArray(value)) return `[${value.map((item: unknown) => quoted(name, item)).join(',')}]`
  if (name === 'body') return sealedBody(value as SealedBody)
  if (name === 'facts') return facts(value as Readonly<Record<string, unknown>>)
  throw new TypeError(`An entry’s ${name} is a text or a number, not ${typeof value}`)
}

function facts(values: Readonly<Record<string, unknown>>): string {
  const parts = Object.keys(values)
    .sort()
    .map((name) => `"${name}":${fact(name, values[name])}`)
  return `{${parts.join(',')}}`
}

/**
 * Names that every parser reads back as they are: zod drops `__proto__`, and JSON.parse of Node 24.21 takes names with
 * escapes for one another.
 */
const FACT_NAME = /^[A-Za-z][\w.-]{0,63}$/

function fact(name: string, value: unknown): string {
  if (!FACT_NAME.test(name)) throw new TypeError(`An entry has no fact named ${JSON.stringify(name)}`)
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'number' ? integer(`facts.${name}`, value) : quoted(`facts.${name}`, value)
}

function sealedBody({ alg, ciphertext, iv, keys, tag, ...more }: SealedBody): string {
  if (Object.keys(more).length > 0) throw new TypeError(`A sealed body has no ${Object.keys(more).join(', ')}`)
  const wraps = keys.map((key) => {
    const wrap = `"iv":${quoted('iv', key.iv)},"tag":${quoted('tag', key.tag)},"wrapped":${quoted('wrapped', key.wrapped)}`
    return `{"for":${quoted('for', key.for)},${wrap}}`
  })
  const opened = `"alg":${quoted('alg', alg)},"ciphertext":${quoted('ciphertext', ciphertext)},"iv":${quoted('iv', iv)}`
  return `{${opened},"keys":[${wraps.join(',')}],"tag":${quoted('tag', tag)}}`
}

/** What stands between quotes as it is: nearly every text of a core. */
const PLAIN = /^[ !#-[\]-~]*$/

function quoted(name: string, text: unknown): string {
  if (typeof text !== 'string') throw new TypeError(`An entry’s ${name} is a text, not ${typeof text}`)
  if (PLAIN.test(text)) return `"${text}"`
  if (!text.isWellFormed())
    throw new TypeError(`An entry’s ${name} holds half a surrogate pair, which has no UTF-8 form`)
  return JSON.stringify(text)
}

function integer(name: string, value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError(`An entry’s ${name} is a safe integer, not ${value}`)
  return JSON.stringify(value)
}

const strangersOf = (core: EntryCore): string[] =>
  Object.keys(core).filter((name) => !MEMBERS.some((known) => known === name))
