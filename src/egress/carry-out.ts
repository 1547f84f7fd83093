import { PermanentFailure, RetryLater, UnknownOutcome } from '../domain/errors.ts'
import { type Found, type HttpResponse, type LookFirstOperation, type Operation, siteOf } from '../domain/operation.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Claims } from './claims.ts'
import { type EarlierTries, earlierTries } from './earlier-calls.ts'
import { fittingKey } from './fitting-key.ts'
import { judgeAnswer, refusedUndone } from './judge-answer.ts'
import { repeatTries } from './repeat-tries.ts'
import { type CallOnWire, sendTry, type WirePorts } from './send-try.ts'

export interface OpenCall<I, O> extends CallOnWire<I, O> {
  claims: Claims
  random(): number
  generation: number
  /** Leaves the key behind: what was sent under it is proven not done. */
  raiseGeneration(): void
  /** Tries so far, those before a restart included. */
  tries: number
  /** Whether an earlier try may have done it: what is found then is ours. */
  mayStand: boolean
}

interface Result<O> {
  output: O
  /** It was there already: made by an earlier try, or by somebody else. */
  found: boolean
}

const NOTHING_BEFORE: EarlierTries = { count: 0, mayStandSince: null, keyUsedSince: null }

/** Carries a call out by the rules of its operation's class. */
export async function carryOut<I, O>(ports: WirePorts, call: OpenCall<I, O>): Promise<Result<O>> {
  const { operation } = call
  await fittingKey(ports, call)
  if (operation.class !== 'L') {
    const earlier = await lookUpEarlier(ports, call)
    const found = await beyondKeyLifetime(ports, call, earlier)
    return found ?? (await repeat(ports, call, earlier, () => writeOnce(ports, call)))
  }
  // Whatever the workspace: the service is the same for all of them.
  return await call.claims.hold(`${operation.service}/${operation.naturalKey(call.input)}`, async () =>
    lookFirst(ports, call, operation, await lookUpEarlier(ports, call)),
  )
}

async function lookUpEarlier<I, O>(ports: WirePorts, call: OpenCall<I, O>): Promise<EarlierTries> {
  const { attempt, purpose } = call.scope
  const run = attempt?.run ?? purpose?.run
  if (call.operation.class === 'R') return NOTHING_BEFORE
  const suspected = attempt?.earlierCalls ?? purpose?.earlierCalls ?? false
  if (!run) return suspected ? suspectedNow(ports, call) : NOTHING_BEFORE
  // Answers to what somebody does now were never sent before; a step of a restored run may have been.
  const forgotten = attempt || suspected ? (ports.forgottenSince?.(run) ?? null) : null
  if (forgotten === null && !suspected) return NOTHING_BEFORE
  const earlier = await earlierTries(ports.store, { run, key: call.key, since: attempt?.startedAt ?? 0 })
  const mayStandSince = earlier.mayStandSince ?? forgotten
  call.mayStand ||= mayStandSince !== null
  return { ...earlier, mayStandSince, keyUsedSince: earlier.keyUsedSince ?? forgotten }
}

/** The ledger finds calls by their run; of one that has none, nothing tells when it was sent: it may be just now. */
function suspectedNow<I, O>(ports: WirePorts, call: OpenCall<I, O>): EarlierTries {
  call.mayStand = true
  const now = ports.clock.now()
  return { count: 0, mayStandSince: now, keyUsedSince: now }
}

function repeat<I, O>(
  ports: WirePorts,
  call: OpenCall<I, O>,
  earlier: EarlierTries,
  attempt: () => Promise<Result<O>>,
): Promise<Result<O>> {
  return repeatTries({
    budget: call.scope.tries,
    used: earlier.count,
    since: call.scope.attempt?.startedAt ?? ports.clock.now(),
    clock: ports.clock,
    random: call.random,
    signal: call.scope.signal,
    attempt: (number) => {
      call.tries = number
      return attempt()
    },
    onFailedTry: (error) => {
      call.mayStand ||= leavesOpen(error, call.operation)
      if (error instanceof RetryLater) call.scope.onFailing?.(toStepFailure(error))
    },
    mayRepeat: ({ where }) => where === null || isAt(where, call.operation),
  })
}

/** Class K: a key that the vendor may have forgotten protects nothing; then the look decides, or a person. */
async function beyondKeyLifetime<I, O>(
  ports: WirePorts,
  call: OpenCall<I, O>,
  earlier: EarlierTries,
): Promise<Result<O> | null> {
  const { operation } = call
  if (operation.class !== 'K' || earlier.keyUsedSince === null) return null
  if (ports.clock.now() - earlier.keyUsedSince < operation.keyLifetimeMs) return null
  const found = operation.find
    ? await operation.find(call.input, call.look)
    : { kind: 'cannot-tell' as const, why: 'the key is too old to be sent again safely.' }
  if (found.kind === 'cannot-tell') throw unknown(call, found.why)
  return found.kind === 'found' ? { output: found.output, found: true } : null
}

/** Class L: looks before the first write, and after every write whose outcome is open. */
async function lookFirst<I, O>(
  ports: WirePorts,
  call: OpenCall<I, O>,
  operation: LookFirstOperation<I, O>,
  earlier: EarlierTries,
): Promise<Result<O>> {
  if (earlier.mayStandSince !== null || operation.lookBeforeFirstWrite) {
    const found = await look(ports, call, operation, earlier.mayStandSince)
    if (found) return found
  }
  return await repeat(ports, call, earlier, async () => {
    try {
      return await writeOnce(ports, call)
    } catch (error) {
      if (!leavesOpen(error, operation)) throw error
      call.mayStand = true
      call.scope.onFailing?.(toStepFailure(error))
      const found = await look(ports, call, operation, ports.clock.now())
      if (found) return found
      throw error
    }
  })
}

/** Whether the write itself may stand; what a call inside it came to (its token, say) leaves nothing open. */
function leavesOpen<I, O>(error: unknown, operation: Operation<I, O>): boolean {
  if (error instanceof UnknownOutcome) return true
  return error instanceof RetryLater && error.mayStand && error.where !== null && isAt(error.where, operation)
}

/**
 * Looks for what the operation would make; null when it is not there. After an open write that counts
 * only once the vendor's index is past it.
 */
async function look<I, O>(
  ports: WirePorts,
  call: OpenCall<I, O>,
  operation: LookFirstOperation<I, O>,
  openSince: number | null,
): Promise<Result<O> | null> {
  for (;;) {
    const found = await tryToLook(call, operation, openSince)
    if (found.kind === 'cannot-tell') throw unknown(call, found.why)
    const certainAt = openSince === null ? 0 : openSince + (call.endpoint.indexLagMs ?? operation.indexLagMs)
    if (found.kind === 'found') return { output: found.output, found: true }
    if (ports.clock.now() >= certainAt) return null
    await ports.clock.sleep(Math.min(certainAt - ports.clock.now(), LOOK_AGAIN_MS), call.scope.signal)
  }
}

const LOOK_AGAIN_MS = 2_000

/** A look that fails says nothing; when a write is open, that leaves its outcome unknown. */
async function tryToLook<I, O>(
  call: OpenCall<I, O>,
  operation: LookFirstOperation<I, O>,
  openSince: number | null,
): Promise<Found<O>> {
  try {
    return await operation.find(call.input, call.look, openSince !== null)
  } catch (error) {
    if (openSince === null || call.scope.signal?.aborted) throw error
    return { kind: 'cannot-tell', why: error instanceof Error ? error.message : 'the look failed' }
  }
}

/** One try, and what its answer means for this class. */
async function writeOnce<I, O>(ports: WirePorts, call: OpenCall<I, O>): Promise<Result<O>> {
  const { operation } = call
  const { title } = call.endpoint
  const outcome = await sendTry(ports, call, call.tries)
  if (outcome.kind === 'unanswered') {
    throw new RetryLater({
      code: outcome.sent ? 'no-answer' : 'not-reached',
      message: outcome.sent
        ? `${title} took the request and did not answer (${outcome.code}).`
        : `${title} could not be reached (${outcome.code}); nothing was sent.`,
      hint: `Look at the status page of ${title}.`,
      where: siteOf(operation, null),
      mayStand: outcome.sent,
    })
  }
  const { response } = outcome
  if (response.status === 401) call.endpoint.forgetCredentials?.()
  const verdict = judgeAnswer(call, response, ports.clock.now())
  switch (verdict.kind) {
    case 'done':
      return { output: readAnswer(call, response), found: false }
    case 'duplicate':
      return { output: await existing(call, response), found: true }
    case 'retry':
      throw new RetryLater({
        ...verdict,
        where: siteOf(operation, response.status),
        retryAfterMs: verdict.retryAfterMs ?? null,
        mayStand: verdict.mayStand ?? !refusedUndone(response.status),
      })
    case 'permanent':
      throw new PermanentFailure({ ...verdict, where: siteOf(operation, response.status) })
  }
}

/** Class C: the vendor says that it exists; reads it and makes sure that it is ours. */
async function existing<I, O>(call: OpenCall<I, O>, response: HttpResponse): Promise<O> {
  const { operation } = call
  if (operation.class === 'C') {
    const found = await operation.readBack(call.input, call.look)
    if (found.kind === 'found') return found.output
    if (found.kind === 'cannot-tell') throw unknown(call, found.why)
  }
  throw new PermanentFailure({
    code: 'exists-already',
    message: `${call.endpoint.title} says that it exists already, and it is not what we would have made.`,
    hint: `Look at it in ${call.endpoint.title}. If it is the right one, mark the step done; else change the input.`,
    where: siteOf(operation, response.status),
  })
}

function readAnswer<I, O>(call: OpenCall<I, O>, response: HttpResponse): O {
  const { operation } = call
  const { title } = call.endpoint
  const parsed = operation.answer.safeParse(response.body)
  if (parsed.success) return parsed.data
  const parts = {
    code: 'answer-not-understood',
    message: `${title} answered ${response.status} with something that was not expected: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}.`,
    hint: 'Look at the calls for the answer. If the thing exists, mark the step done.',
    where: { ...siteOf(operation, response.status), call: call.name, generation: call.generation },
  }
  throw operation.class === 'R' ? new PermanentFailure(parts) : new UnknownOutcome(parts)
}

function unknown<I, O>(call: OpenCall<I, O>, why: string): UnknownOutcome {
  const { operation } = call
  return new UnknownOutcome({
    code: 'cannot-tell',
    message: `The request to ${operation.title} left, no answer came, and looking for it did not tell: ${why}`,
    hint: `Look in ${call.endpoint.title}. If it is there, mark the step done; if it is not, say so and it is made.`,
    where: { ...siteOf(operation, null), call: call.name, generation: call.generation },
  })
}

const isAt = <I, O>(where: { service: string; operation: string }, operation: Operation<I, O>): boolean =>
  where.service === operation.service && where.operation === operation.name
