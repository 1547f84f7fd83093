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
  let known = 0
  for (const name of MEMBERS) {
    const value = core[name]
    if (value === undefined) continue
    checkMember(name, value)
    known += 1
  }
  let given = 0
  // Three times as fast as Object.values, on the path of every entry.
  for (const name in core) if (core[name as keyof EntryCore] !== undefined) given += 1
  if (given !== known) throw new TypeError(`An entry has no ${strangersOf(core).join(', ')}`)
  return JSON.stringify(inOrder(core))
}

/** JSON.stringify writes members in the order in which they were given, and leaves out those that are undefined. */
function inOrder(core: EntryCore): { [Name in keyof EntryCore]-?: unknown } {
  const { actor, at, attempt, body, call, class: kindOfOperation, digest, duration, id, key, kind, method } = core
  const { operation, run, service, status, step, subjects, team, try: number, url, v } = core
  return {
    actor,
    at,
    attempt,
    body: body && bodyInOrder(body),
    call,
    class: kindOfOperation,
    digest,
    duration,
    facts: core.facts && factsInOrder(core.facts),
    id,
    key,
    kind,
    method,
    operation,
    run,
    service,
    status,
    step,
    subjects,
    team,
    try: number,
    url,
    v,
  }
}

type Value = EntryCore[keyof EntryCore]

function checkMember(name: string, value: Value): void {
  if (typeof value === 'string') checkText(name, value)
  else if (typeof value === 'number') checkInteger(name, value)
  else if (Array.isArray(value)) for (const item of value) checkText(name, item)
  else if (name === 'body') checkBody(value as SealedBody)
  else if (name === 'facts') checkFacts(value as Readonly<Record<string, unknown>>)
  else throw new TypeError(`An entry’s ${name} is a text or a number, not ${typeof value}`)
}

/**
 * Names that every parser reads back as they are: zod drops `__proto__`, and JSON.parse of Node 24.21 takes names with
 * escapes for one another.
 */
const FACT_NAME = /^[A-Za-z][\w.-]{0,63}$/

function checkFacts(values: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(values)) {
    const value = values[name]
    if (!FACT_NAME.test(name)) throw new TypeError(`An entry has no fact named ${JSON.stringify(name)}`)
    if (typeof value === 'number') checkInteger(`facts.${name}`, value)
    else if (typeof value !== 'boolean') checkText(`facts.${name}`, value)
  }
}

const factsInOrder = <Fact>(values: Readonly<Record<string, Fact>>): Record<string, Fact | undefined> =>
  Object.fromEntries(
    Object.keys(values)
      .sort()
      .map((name) => [name, values[name]]),
  )

function checkBody({ alg, ciphertext, iv, keys, tag, ...more }: SealedBody): void {
  if (Object.keys(more).length > 0) throw new TypeError(`A sealed body has no ${Object.keys(more).join(', ')}`)
  for (const text of [alg, ciphertext, iv, tag]) checkText('body', text)
  for (const key of keys) for (const text of [key.for, key.iv, key.tag, key.wrapped]) checkText('body', text)
}

const bodyInOrder = ({ alg, ciphertext, iv, keys, tag }: SealedBody): SealedBody => ({
  alg,
  ciphertext,
  iv,
  keys: keys.map((key) => ({ for: key.for, iv: key.iv, tag: key.tag, wrapped: key.wrapped })),
  tag,
})

function checkText(name: string, text: unknown): void {
  if (typeof text !== 'string') throw new TypeError(`An entry’s ${name} is a text, not ${typeof text}`)
  if (text.isWellFormed()) return
  throw new TypeError(`An entry’s ${name} holds half a surrogate pair, which has no UTF-8 form`)
}

function checkInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value)) throw new TypeError(`An entry’s ${name} is a safe integer, not ${value}`)
}

const strangersOf = (core: EntryCore): string[] =>
  Object.keys(core).filter((name) => !MEMBERS.some((known) => known === name))
