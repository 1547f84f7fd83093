import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HookRule } from '../rules/rules.ts'

export interface Signed {
  /** As it came, before anything is read from it. */
  body: Buffer
  /** By name, in small letters. */
  headers: Readonly<Record<string, string>>
  /** Several while a secret is being changed for another. */
  secrets: readonly string[]
  /** Milliseconds since 1970. */
  now: number
}

/** Milliseconds by which a sender's clock may differ from ours, and for which what was overheard can be sent again. */
const TOLERANCE_MS = 300_000

/** Whether one of the secrets made one of the signatures, over just these bytes and not long ago. */
export const VERIFIERS: Readonly<Record<HookRule['signature'], (signed: Signed) => boolean>> = {
  'standard-webhooks': standardWebhooks,
  stripe,
  github,
}

/** The header that names the delivery, where the way of signing has one. */
export const ID_HEADERS: Readonly<Record<HookRule['signature'], string | null>> = {
  'standard-webhooks': 'webhook-id',
  stripe: null,
  github: 'x-github-delivery',
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
function standardWebhooks({ body, headers, secrets, now }: Signed): boolean {
  const id = headers['webhook-id'] ?? ''
  const at = headers['webhook-timestamp'] ?? ''
  if (id === '' || !isRecent(at, now)) return false
  const given = (headers['webhook-signature'] ?? '').split(' ').flatMap((each) => /^v1,(.+)$/.exec(each)?.[1] ?? [])
  return secrets.some((secret) => {
    const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret
    const made = createHmac('sha256', key).update(`${id}.${at}.`).update(body).digest()
    return given.some((each) => isSame(Buffer.from(each, 'base64'), made))
  })
}

/** https://docs.stripe.com/webhooks#verify-manually */
function stripe({ body, headers, secrets, now }: Signed): boolean {
  const parts = (headers['stripe-signature'] ?? '').split(',').map((part) => part.trim())
  const at = parts.find((part) => part.startsWith('t='))?.slice(2) ?? ''
  if (!isRecent(at, now)) return false
  const given = parts.flatMap((part) => (part.startsWith('v1=') ? [part.slice(3)] : []))
  return secrets.some((secret) => {
    const made = createHmac('sha256', secret).update(`${at}.`).update(body).digest()
    return given.some((each) => isSame(Buffer.from(each, 'hex'), made))
  })
}

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries: it signs no time. */
function github({ body, headers, secrets }: Signed): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers['x-hub-signature-256'] ?? '')?.[1]
  if (given === undefined) return false
  return secrets.some((secret) => isSame(Buffer.from(given, 'hex'), createHmac('sha256', secret).update(body).digest()))
}

/** `seconds` since 1970, as senders write it. */
const isRecent = (seconds: string, now: number): boolean =>
  /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1000) <= TOLERANCE_MS

const isSame = (given: Buffer, made: Buffer): boolean => given.length === made.length && timingSafeEqual(given, made)
