import { type HeaderValues, keptHeaders } from './kept-headers.ts'
import { redactBody } from './redact-body.ts'
import { createScrub } from './scrub-text.ts'
import { isSecretName, lettersOf } from './secret-names.ts'

interface CallParts {
  headers: HeaderValues
  body: unknown
  /** The operation's own names of secret fields; those of all services are known. */
  secretFields: readonly string[]
}

export interface Redactor {
  /** What the ledger may keep of a request or an answer: copies, each hidden place marked with what it was. Never throws. */
  redactCall(call: CallParts): { headers: Record<string, string>; body: unknown }
  /** Hides secrets in a text: a URL, a message, a stack, a line of the log. */
  scrubText: (text: string) => string
}

const REMEMBERED_NAMES = 5_000

/** `secrets` gives every secret value that is loaded at the moment: of all services, of Slack, the master key's text. */
export function createRedactor({ secrets }: { secrets: () => readonly string[] }): Redactor {
  const scrub = createScrub(secrets)
  const isSecret = remembered(isSecretName)
  const own = new WeakMap<readonly string[], (name: string) => boolean>()

  const namesOf = (secretFields: readonly string[]): ((name: string) => boolean) => {
    const known = own.get(secretFields)
    if (known) return known
    const letters = new Set(secretFields.map(lettersOf))
    const either = remembered((name) => isSecretName(name) || letters.has(lettersOf(name)))
    own.set(secretFields, either)
    return either
  }

  return {
    redactCall: ({ headers, body, secretFields }) => ({
      headers: keptHeaders(headers, scrub),
      body: redactBody(body, { scrub, isSecret: secretFields.length === 0 ? isSecret : namesOf(secretFields) }),
    }),
    scrubText: scrub,
  }
}

/** The same few hundred names come with every call. */
function remembered(judge: (name: string) => boolean): (name: string) => boolean {
  const judged = new Map<string, boolean>()
  return (name) => {
    const known = judged.get(name)
    if (known !== undefined) return known
    if (judged.size >= REMEMBERED_NAMES) judged.clear()
    const is = judge(name)
    judged.set(name, is)
    return is
  }
}
