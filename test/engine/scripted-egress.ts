import { z } from 'zod'
import { PermanentFailure, RetryLater, UnknownOutcome } from '../../src/domain/errors.ts'
import type { Connector, ReadOperation } from '../../src/domain/operation.ts'
import type { CallScope, Egress } from '../../src/egress/scope.ts'

const Result = z.object({ id: z.string() })
export type Result = z.infer<typeof Result>

const make: ReadOperation<object, Result> = {
  class: 'R',
  service: 'vendor',
  name: 'thing.make',
  title: 'make the thing',
  request: () => ({ method: 'GET', path: '/' }),
  answer: Result,
}

/** A look whether the service answers. */
export const look: ReadOperation<Record<string, never>, unknown> = { ...make, name: 'thing.look', answer: z.unknown() }

/** A service whose one call does what the test says. */
export const vendor: Connector<{ make(): Promise<Result> }> = {
  service: 'vendor',
  title: 'Vendor',
  probe: look,
  client: (call) => ({ make: () => call(make, {}) }),
}

type Behaviour = (scope: CallScope) => Promise<Result>

const parts = { code: 'http-503', message: 'vendor answered 503.', hint: 'Wait.' }
const where = { service: 'vendor', operation: 'thing.make', status: 503 }

export const unavailable =
  (retryAfterMs: number | null = null): Behaviour =>
  async () => {
    throw new RetryLater({ ...parts, where, retryAfterMs })
  }
export const refusing: Behaviour = async () => {
  throw new PermanentFailure({ ...parts, code: 'http-422', where: { ...where, status: 422 } })
}
/** The name of the call that `unclear` leaves open. */
export const UNCLEAR = '-/vendor.thing.make'
export const unclear: Behaviour = async () => {
  throw new UnknownOutcome({ ...parts, code: 'cannot-tell', where: { ...where, status: null, call: UNCLEAR } })
}

/** A call that is on the wire until the test answers it. */
export function onWire() {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  return { behaviour: (() => promise) as Behaviour, answer: (id: string) => resolve({ id }), fail: reject }
}

/** Tries that fail again and again, waited for as the egress waits: until the attempt is ended from outside. */
export const failingTries =
  (sleep: (ms: number, signal?: AbortSignal) => Promise<void>): Behaviour =>
  async (scope) => {
    for (let tries = 0; tries < 100; tries++) {
      scope.onFailing?.({ consequence: 'retry', ...parts, service: 'vendor', operation: 'thing.make', status: 503 })
      await sleep(20_000, scope.signal)
    }
    throw new Error('nobody ended it')
  }

/** An egress in memory: each call of a step does what was planned for it, and is done when nothing was. */
export function scriptedEgress() {
  const plans = new Map<string, Behaviour[]>()
  const standing = new Map<string, Behaviour>()
  const calls: { step: string; attempt: string; scope: CallScope }[] = []
  const egress: Egress = {
    async call<I, O>({ scope }: { scope: CallScope; input: I }): Promise<O> {
      const step = scope.attempt?.step ?? ''
      calls.push({ step, attempt: scope.attempt?.attempt ?? '', scope })
      const plan = plans.get(step)?.shift() ?? standing.get(step)
      const output = plan ? await plan(scope) : { id: `${step}-${calls.length}` }
      return output as O
    },
  }
  return {
    egress,
    calls,
    /** Attempts of a step so far. */
    of: (step: string) => calls.filter((call) => call.step === step),
    /** What all calls of a step do for which nothing else was planned; looks at services belong to step ''. */
    always: (step: string, behaviour: Behaviour) => void standing.set(step, behaviour),
    plan(step: string, ...behaviours: Behaviour[]) {
      plans.set(step, [...(plans.get(step) ?? []), ...behaviours])
    },
  }
}
