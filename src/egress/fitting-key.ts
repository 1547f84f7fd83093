import type { StoredEntry } from '../domain/entry.ts'
import { UnknownOutcome } from '../domain/errors.ts'
import { siteOf } from '../domain/operation.ts'
import type { OpenCall } from './carry-out.ts'
import { mayStandSince } from './earlier-calls.ts'
import { targetOf } from './hosts.ts'
import { keptRequest } from './kept-call.ts'
import type { WirePorts } from './send-try.ts'

/**
 * Of a run whose input, rules or definition changed on the way: finds the generation of the call's key under which
 * nothing else was sent. What was sent otherwise and proven not done is left behind with its key, for a vendor may
 * remember that; where it was done, or may have been, only a person can tell. Throws UnknownOutcome.
 */
export async function fittingKey<I, O>(ports: WirePorts, call: OpenCall<I, O>): Promise<void> {
  const { attempt } = call.scope
  if (!attempt?.revised || !attempt.earlierCalls || call.operation.class === 'R') return
  const entries = await ports.store.callsOf(attempt.run)
  const now = shapeOf(ports, call)
  for (;;) {
    const under = entries.filter(({ core }) => core.key === call.key)
    const others = under.filter((entry) => entry.core.kind === 'call.intended' && sentAs(ports, call, entry) !== now)
    if (others.length === 0) return
    const tries = new Set(others.map(({ core }) => `${core.call}#${core.try}`))
    const ofOthers = under.filter(({ core }) => tries.has(`${core.call}#${core.try}`))
    if (mayStandSince(ofOthers) !== null) throw changedWhileOpen(call)
    call.raiseGeneration()
  }
}

/** What tells a request from another: an upsert may change what it puts, and not where. */
function shape(kind: string, { method, url, body }: { method: unknown; url: unknown; body: unknown }): string {
  return JSON.stringify(kind === 'U' ? [method, url] : [method, url, body ?? null])
}

function shapeOf<I, O>({ redactor }: WirePorts, { operation, input, endpoint }: OpenCall<I, O>): string {
  const request = operation.request(input, endpoint.settings)
  const target = targetOf(endpoint, request)
  return shape(operation.class, {
    method: request.method,
    ...keptRequest(redactor, operation, { request, target, headers: {} }),
  })
}

/** The same of a request as the ledger kept it; one that cannot be read any more is taken for another. */
function sentAs<I, O>({ ledger }: WirePorts, { operation }: OpenCall<I, O>, entry: StoredEntry): string | null {
  const opened = ledger.open(entry)
  if (opened.kind !== 'open') return null
  return shape(operation.class, { method: entry.core.method, url: opened.body.url, body: opened.body.body })
}

function changedWhileOpen<I, O>({ operation, endpoint, name, generation }: OpenCall<I, O>): UnknownOutcome {
  const { title } = endpoint
  return new UnknownOutcome({
    code: 'changed-while-open',
    message: `${title} was asked before to ${operation.title}, with other values, and has done it or may have: it was not asked again.`,
    hint: `Look in ${title} and put right there what came of the old values. If it is there, mark the step done; if not, say so, and it is made with the new ones.`,
    where: { ...siteOf(operation, null), call: name, generation },
  })
}
