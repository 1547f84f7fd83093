import { createHmac, randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { ControlMistake } from './mistake.ts'
import { type Fields, neededText, optionalText } from './read-control.ts'

interface WebhookParts {
  now: () => number
  purserUrl: () => string | null
  /** What the sandbox's Purser knows its senders by. */
  secret: string
}

interface Signing {
  body: string
  secret: string
  /** Seconds since 1970. */
  at: number
  id: string
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text)

/** How other systems sign what they send, by the way's name in the rules file. */
const SIGNATURES: Readonly<Record<string, (signing: Signing) => Record<string, string>>> = {
  'standard-webhooks': ({ body, secret, at, id }) => ({
    'webhook-id': id,
    'webhook-timestamp': String(at),
    'webhook-signature': `v1,${hmac(Buffer.from(secret.replace(/^whsec_/, ''), 'base64'), `${id}.${at}.${body}`).digest('base64')}`,
  }),
  stripe: ({ body, secret, at }) => ({
    'stripe-signature': `t=${at},v1=${hmac(secret, `${at}.${body}`).digest('hex')}`,
  }),
  github: ({ body, secret, id }) => ({
    'x-github-delivery': id,
    'x-hub-signature-256': `sha256=${hmac(secret, body).digest('hex')}`,
  }),
}

const PATIENCE_MS = 10_000

/** Sends something to one of Purser's hooks as another system would, and tells what it answered. */
export function createWebhooks({ now, purserUrl, secret }: WebhookParts) {
  return async (fields: Fields): Promise<object> => {
    const base = purserUrl()
    if (base === null)
      throw new ControlMistake({ code: 'no_purser', hint: 'The sandbox knows no Purser to send it to.' })
    const source = neededText(fields, 'source')
    const sign = signatureNamed(optionalText(fields, 'signature') ?? 'standard-webhooks')
    const body = typeof fields.body === 'string' ? fields.body : JSON.stringify(fields.body ?? {})
    const forged = fields.forged === true ? `${secret.slice(0, -2)}AA` : secret
    const signed = sign({ body, secret: forged, at: Math.floor(now() / 1000), id: `msg_${randomUUID()}` })
    const started = performance.now()
    try {
      const response = await fetch(new URL(`/hooks/${encodeURIComponent(source)}`, base), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signed },
        body,
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      const answer = await response.text()
      return { answered: response.status, answer, ms: Math.round(performance.now() - started) }
    } catch {
      return { answered: null, answer: '', ms: Math.round(performance.now() - started) }
    }
  }
}

function signatureNamed(name: string): (signing: Signing) => Record<string, string> {
  const found = Object.hasOwn(SIGNATURES, name) ? SIGNATURES[name] : undefined
  if (found) return found
  const hint = `"signature" is one of: ${Object.keys(SIGNATURES).join(', ')}.`
  throw new ControlMistake({ code: 'unknown_signature', hint })
}
