import { createHash } from 'node:crypto'
import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { EntryDraft } from '../domain/entry.ts'
import { PermanentFailure, RetryLater } from '../domain/errors.ts'
import type { CallId, Ids, RunId } from '../domain/ids.ts'
import {
  type Endpoint,
  type HttpRequest,
  type HttpResponse,
  type Look,
  type Operation,
  siteOf,
} from '../domain/operation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Redactor } from '../secrets/redact.ts'
import { targetOf } from './hosts.ts'
import { type HttpClient, NoAnswer } from './http-client.ts'
import { keptAnswer, keptRequest } from './kept-call.ts'
import type { Lane } from './lanes.ts'
import type { CallScope } from './scope.ts'

export interface WirePorts {
  store: Store
  ledger: Ledger
  redactor: Redactor
  http: HttpClient
  clock: Clock
  ids: Ids
  /** When calls of this run may have left that the ledger knows nothing of: since a restored backup. Null: none did. */
  forgottenSince?(run: RunId): number | null
}

/** One call, as its tries share it. */
export interface CallOnWire<I, O> {
  id: CallId
  /** In its step. */
  name: string
  key: string
  scope: CallScope
  operation: Operation<I, O>
  input: I
  endpoint: Endpoint
  lane: Lane
  look: Look
  /** Whether a request of the operation itself left, or may have. */
  sent: boolean
}

export type TryOutcome =
  | { kind: 'answered'; response: HttpResponse }
  | { kind: 'unanswered'; sent: boolean; code: string }

const DEFAULT_TIMEOUT_MS = 30_000

/** Sends one try: the intent is on disk before it leaves, the outcome before anybody acts on it. */
export async function sendTry<I, O>(ports: WirePorts, call: CallOnWire<I, O>, number: number): Promise<TryOutcome> {
  const { scope, operation, endpoint } = call
  const request = operation.request(call.input, endpoint.settings)
  const target = targetOf(endpoint, request)
  const wire = encode(request)
  if (operation.class === 'K') wire.headers[operation.keyHeader] = call.key
  if (!operation.anonymous) await endpoint.authorize(wire, call.look)

  return call.lane.take(
    async () => {
      const common = commonFields(call, number, { method: request.method, url: target.template })
      await commitIntent(ports, scope, {
        ...common,
        id: ports.ids.entry(),
        at: ports.clock.now(),
        kind: 'call.intended',
        ...(wire.body === null ? {} : { digest: createHash('sha256').update(wire.body).digest('base64url') }),
        ...(scope.purpose?.bare
          ? {}
          : { body: keptRequest(ports.redactor, operation, { request, target, headers: wire.headers }) }),
      })
      const sentAt = ports.clock.elapsed()
      const outcome = await onWire(ports.http, {
        url: target.url,
        method: request.method,
        headers: wire.headers,
        body: wire.body,
        timeoutMs: Math.min(operation.timeoutMs ?? DEFAULT_TIMEOUT_MS, scope.tries.eachMs ?? Number.POSITIVE_INFINITY),
      })
      const reached = outcome.kind === 'answered' || outcome.sent
      call.sent ||= reached
      const entry = {
        ...outcomeFields(ports, call, outcome),
        ...common,
        id: ports.ids.entry(),
        at: ports.clock.now(),
        duration: Math.round(ports.clock.elapsed() - sentAt),
      }
      await ports.ledger.record([entry]).catch((error: unknown) => {
        throw notRecorded(operation, error, reached)
      })
      return outcome
    },
    { urgent: scope.urgent, now: ports.clock.now(), signal: scope.signal },
  )
}

function commonFields<I, O>(call: CallOnWire<I, O>, number: number, line: { method: string; url: string }) {
  const { scope, operation } = call
  const run = scope.attempt?.run ?? scope.purpose?.run
  const step = scope.attempt?.step ?? scope.purpose?.step
  return {
    team: scope.team,
    actor: actorText(scope.actor),
    subjects: [...scope.subjects],
    ...(run ? { run } : {}),
    ...(step ? { step } : {}),
    ...(scope.attempt ? { attempt: scope.attempt.attempt } : {}),
    call: call.id,
    try: number,
    service: operation.service,
    operation: operation.name,
    class: operation.class,
    key: call.key,
    ...line,
  } satisfies Partial<EntryDraft>
}

function outcomeFields<I, O>(ports: WirePorts, call: CallOnWire<I, O>, outcome: TryOutcome) {
  if (outcome.kind === 'unanswered') {
    return { kind: 'call.unanswered' as const, facts: { code: outcome.code, sent: outcome.sent } }
  }
  const { response } = outcome
  const { status } = response
  const isBare = call.scope.purpose?.bare && status >= 200 && status < 300
  const kept = isBare ? {} : { body: keptAnswer(ports.redactor, call, response) }
  return { kind: 'call.answered' as const, status, ...kept }
}

/** The request has left, or may have, and its outcome could not be written down: its effect may stand. */
function notRecorded<I, O>(operation: Operation<I, O>, error: unknown, mayStand: boolean): unknown {
  if (!(error instanceof RetryLater)) return error
  const { code, message, hint } = error
  return new RetryLater({ code, message, hint, cause: error, where: siteOf(operation, null), mayStand })
}

/** Writes the intent under the attempt's lease: a process that was taken for dead must not send any more. */
async function commitIntent(ports: WirePorts, scope: CallScope, draft: EntryDraft): Promise<void> {
  const { attempt } = scope
  const outcome = await ports.store.commit({
    at: draft.at,
    entries: [ports.ledger.entry(draft)],
    ...(attempt ? { lease: { run: attempt.run, attempt: attempt.attempt } } : {}),
  })
  if (outcome.kind === 'committed') return
  throw new PermanentFailure({
    code: 'attempt-lost',
    message: `The step ${attempt?.step ?? ''} went on without this attempt; nothing was sent.`,
    hint: 'Nothing to do: whoever took the step over carries on.',
  })
}

async function onWire(http: HttpClient, request: Parameters<HttpClient['send']>[0]): Promise<TryOutcome> {
  try {
    return { kind: 'answered', response: await http.send(request) }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    return { kind: 'unanswered', sent: error.sent, code: error.code }
  }
}

function encode(request: HttpRequest): { headers: Record<string, string>; body: string | Uint8Array | null } {
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'purser', ...request.headers }
  if (request.bytes !== undefined) return { headers, body: request.bytes }
  if (request.body === undefined) return { headers, body: null }
  if (request.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    const fields = Object.entries(request.body ?? {}).map(([name, value]): [string, string] => [name, String(value)])
    return { headers, body: new URLSearchParams(fields).toString() }
  }
  headers['content-type'] = 'application/json; charset=utf-8'
  return { headers, body: JSON.stringify(request.body) }
}
