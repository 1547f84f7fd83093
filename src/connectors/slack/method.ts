import { z } from 'zod'
import type { HttpRequest, Json } from '../../domain/operation.ts'
import { judgeSlack } from './judge.ts'

/** What all methods share; addresses at which Slack takes uploads and answers are permissions by themselves. */
export const slackCall = {
  service: 'slack',
  judge: judgeSlack,
  secretFields: ['token', 'upload_url', 'response_url', 'trigger_id'],
} as const

/** A method that takes JSON; only those that write do. */
export function jsonCall(method: string, args: { readonly [name: string]: Json | undefined }): HttpRequest {
  return { method: 'POST', path: `/${method}`, body: withoutGaps(args) }
}

/** A method that takes a form: Slack leaves JSON unread in most that only read, and answers as if nothing was said. */
export function formCall(
  method: string,
  args: Readonly<Record<string, string | number | boolean | undefined>>,
): HttpRequest {
  return { method: 'POST', path: `/${method}`, form: true, body: withoutGaps(args) }
}

/** Blocks and views as JSON; their types come from `@slack/types` and have no index signature. */
export function asJson(value: object): Json {
  return value as Json
}

/** The answer of a method of which nothing but success matters. */
export const Done = z.looseObject({ ok: z.literal(true) }).transform((): { ok: true } => ({ ok: true }))

/** Where the next page begins; empty at the end. */
export const NextCursor = z
  .looseObject({ next_cursor: z.string().nullish() })
  .nullish()
  .transform((metadata) => metadata?.next_cursor ?? '')

function withoutGaps(args: { readonly [name: string]: Json | undefined }): { [name: string]: Json } {
  const given: { [name: string]: Json } = {}
  for (const [name, value] of Object.entries(args)) if (value !== undefined) given[name] = value
  return given
}
