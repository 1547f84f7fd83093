import type { Clock } from '../clock.ts'
import { PermanentFailure, RetryLater } from '../domain/errors.ts'
import type { BoundCall } from '../domain/operation.ts'
import type { RetryPolicy } from '../domain/policy.ts'
import { type Run, type StepFailure, stepOf } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import { undoes } from '../domain/step-key.ts'
import { originOf } from '../domain/undo-plan.ts'
import type { CallScope, Egress } from '../egress/scope.ts'
import type { Rules } from '../rules/rules.ts'
import { type CallList, createCallList } from './call-list.ts'
import type { CallContext, CallStep } from './define-workflow.ts'
import { ENGINE } from './draft-change.ts'
import type { RunEvent, WorkOf } from './events.ts'
import { knownTo } from './known.ts'
import { oneOfEach } from './one-of-each.ts'
import { watchInput } from './watch-input.ts'

/** The reason with which waiting is ended when Purser stops; what was begun is taken up again at the next start. */
export class ShuttingDown extends Error {}
/** The reason with which waiting is ended when nobody needs the attempt any more. */
export class Abandoned extends Error {}

export interface AttemptPorts {
  egress: Egress
  clock: Clock
}

interface AttemptOf {
  run: Run
  step: CallStep
  rules: Rules
  policy: RetryPolicy
  work: WorkOf<'attempt'>
  /** Ends waiting: from outside, or when the attempt's time is up. */
  ending: AbortController
  onFailing(failure: StepFailure): void
}

/** Runs a step's function once; what came of it is an event, or null when Purser stops before anything has. */
export async function runAttempt(ports: AttemptPorts, attempt: AttemptOf): Promise<RunEvent | null> {
  const { work, step, ending } = attempt
  const calls = createCallList()
  const looked = watchInput(attempt.run.input)
  const about = { step: work.step, attempt: work.attempt }
  try {
    const context = contextOf(ports, attempt, { calls, input: looked.input })
    const output = await withTimeout(ports.clock, attempt, () => step.run(context))
    const done = { calls: calls.now(), output: parseOutput(step, output), used: looked.fields() }
    return { kind: 'attempt-succeeded', ...about, ...done }
  } catch (error) {
    // Ended from outside while nothing was on the wire. Had an answer come all the same, it would be reported as usual.
    if (error === ending.signal.reason && error instanceof ShuttingDown) return null
    if (error === ending.signal.reason && error instanceof Abandoned) {
      return { kind: 'attempt-ended', ...about, calls: calls.now() }
    }
    const retryAfterMs = error instanceof RetryLater ? error.retryAfterMs : null
    return { kind: 'attempt-failed', ...about, calls: calls.now(), failure: toStepFailure(error), retryAfterMs }
  }
}

function contextOf(
  ports: AttemptPorts,
  attempt: AttemptOf,
  { calls, input }: { calls: CallList; input: unknown },
): CallContext {
  const { run, step, rules } = attempt
  const scope = scopeOf(attempt, calls)
  const about = stepOf(run, undoes(attempt.work.step) ?? attempt.work.step)
  const refuseTwice = oneOfEach(step)
  const call: BoundCall = async (operation, input, item) => {
    refuseTwice(operation, item)
    const ended = calls.begun(operation, ports.clock.now())
    try {
      return await ports.egress.call({ scope, operation, input, ...(item === undefined ? {} : { item }) })
    } finally {
      ended()
    }
  }
  return {
    ...knownTo(run, rules),
    input,
    access: step.access === null ? {} : rules.accessSettings(step.access),
    run: { id: run.id, label: run.subject.label, subject: run.subject.id, startedAt: run.startedAt },
    item: about?.item?.value,
    result: about?.status === 'succeeded' ? about.output : about?.late?.output,
    made: about !== undefined && step.undoing !== undefined && originOf(about, step.undoing) === 'made',
    use(connector) {
      if (step.uses.includes(connector)) return connector.client(call)
      throw new Error(`${step.key} calls ${connector.service} without naming it in "uses"`)
    },
  }
}

function scopeOf({ run, work, policy, ending, onFailing }: AttemptOf, calls: CallList): CallScope {
  return {
    team: run.team,
    actor: ENGINE,
    subjects: [run.subject.id],
    urgent: false,
    attempt: {
      run: run.id,
      step: work.step,
      attempt: work.attempt,
      generations: stepOf(run, work.step)?.generations ?? {},
      startedAt: work.startedAt,
      earlierCalls: work.earlierCalls,
      revised: run.revised ?? false,
    },
    tries: policy,
    signal: ending.signal,
    onCall: calls.add,
    onFailing,
  }
}

/** Gives an attempt up after its time; a call that is on the wire then is looked up by the next attempt. */
async function withTimeout<T>(clock: Clock, attempt: AttemptOf, work: () => Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const cancel = clock.after(attempt.policy.timeoutMs, () => {
    // Made only when it is needed: an error takes its stack, which costs too much to do for every attempt.
    const tooLate = new RetryLater({
      code: 'attempt-timed-out',
      message: `${attempt.step.title}: no result after ${Math.round(attempt.policy.timeoutMs / 1000)} s.`,
      hint: 'A service hangs. Look at the calls for the one without an answer.',
    })
    attempt.ending.abort(tooLate)
    late.reject(tooLate)
  })
  try {
    return await Promise.race([work(), late.promise])
  } finally {
    cancel()
  }
}

function parseOutput(step: CallStep, output: unknown): unknown {
  const parsed = step.output.safeParse(output)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new PermanentFailure({
    code: 'result-does-not-fit',
    message: `${step.title} was done, and its result does not fit its schema: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    hint: 'This is a fault in the workflow. Mark the step done with the right result, or mend and retry.',
  })
}
