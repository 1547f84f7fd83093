import { type HeaderValues, keptHeaders } from './kept-headers.ts'
import { redactBody } from './redact-body.ts'
import { remembering } from './remembering.ts'
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

/** `secrets` gives every secret value that is loaded at the moment: of all services, of Slack, the master key's text. */
export function createRedactor({ secrets }: { secrets: () => readonly string[] }): Redactor {
  const scrub = createScrub(secrets)
  const isSecret = remembering(isSecretName)
  const own = new WeakMap<readonly string[], (name: string) => boolean>()

  const namesOf = (secretFields: readonly string[]): ((name: string) => boolean) => {
    const known = own.get(secretFields)
    if (known) return known
    const letters = new Set(secretFields.map(lettersOf))
    const either = remembering((name) => isSecretName(name) || letters.has(lettersOf(name)))
    own.set(secretFields, either)
    return either
  }

  return {
    redactCall({ headers, body, secretFields }) {
      const now = scrub()
      return {
        headers: keptHeaders(headers, now),
        body: redactBody(body, { scrub: now, isSecret: secretFields.length === 0 ? isSecret : namesOf(secretFields) }),
      }
    },
    scrubText: (text) => scrub().text(text),
  }
}
