import type { Kin } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { PermanentFailure, PurserError } from '../domain/errors.ts'
import type { AttemptId, RunId, TeamId } from '../domain/ids.ts'
import type { BoundCall } from '../domain/operation.ts'
import type { Run, Step } from '../domain/run.ts'
import { settled, stepOf } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Egress } from '../egress/scope.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import { definitionOf } from './definition-of.ts'
import { ENGINE } from './draft-change.ts'
import type { RunEvent, Work, WorkOf } from './events.ts'
import type { Alive } from './load-run.ts'
import { Abandoned, runAttempt, ShuttingDown } from './run-attempt.ts'
import { createWorkGate, type WorkLimits } from './work-gate.ts'

/** Makes the ticket of an escalation; built from a connector where everything is put together. */
export type OpenTicket = (
  call: BoundCall,
  about: { run: Run; step: Step; definition: WorkflowDefinition },
) => Promise<{ key: string; url: string }>

interface Options {
  egress: Egress
  clock: Clock
  openTicket: OpenTicket
  post(team: TeamId, run: RunId, event: RunEvent): Promise<unknown>
  settleKin(kin: Kin): Promise<void>
  /** Told when runs may begin again. */
  onRoom(): void
  /** How much is carried out at a time; as measured when absent. */
  limits?: WorkLimits
  onError(error: unknown): void
}

/** Milliseconds for which a stop waits for what is on the wire. */
const STOP_MS = 10_000
/** Milliseconds between tries to write down what an attempt came to; doubled up to the longest. */
const RECORD_AGAIN_MS = 1_000
const RECORD_AGAIN_AT_LAST_MS = 60_000
/** After so many refusals for no passing cause it is the result that cannot be kept. */
const REFUSALS = 4

/** Carries out what changes hand out: attempts and tickets. */
export function createWorkers(options: Options) {
  const busy = new Map<AttemptId, AbortController>()
  const ends = new Set<Promise<void>>()
  const gate = createWorkGate(options.onRoom, options.limits)
  let stopping = false

  /** The work is done; if that cannot be written down now, it is written as soon as it can: the work is not repeated. */
  const report = async (run: Run, event: RunEvent): Promise<void> => {
    let told = event
    for (let refusals = 0; ; ) {
      try {
        await options.post(run.team, run.id, told)
        return
      } catch (error) {
        options.onError(error)
        if (stopping) return
        if (!isPassing(error)) refusals += 1
        if (refusals >= REFUSALS) told = unrecordable(event, error)
        await options.clock.sleep(Math.min(RECORD_AGAIN_MS * 2 ** Math.max(0, refusals - 1), RECORD_AGAIN_AT_LAST_MS))
      }
    }
  }

  const attempt = async (alive: Alive, work: WorkOf<'attempt'>, ending: AbortController): Promise<void> => {
    const { run, definition, rules } = alive
    const step = definitionOf(definition, work.step)
    if (step?.kind !== 'step') return await report(run, stepGone(definition, work))
    const { egress, clock } = options
    let told = false
    const event = await runAttempt(
      { egress, clock },
      {
        run,
        step,
        rules,
        policy: rules.policy(definition.name, step.key),
        work,
        ending,
        onFailing(failure) {
          // It sleeps until it tries again; others need not wait for that.
          gate.sleep(work.attempt)
          if (told) return
          told = true
          const failing: RunEvent = { kind: 'tries-failing', step: work.step, attempt: work.attempt, failure }
          options.post(run.team, run.id, failing).catch((error: unknown) => {
            // Not written down: the next failed try tells it again.
            told = false
            options.onError(error)
          })
        },
      },
    )
    if (event) await report(run, event)
  }

  const ticket = async (alive: Alive, work: WorkOf<'ticket'>, signal: AbortSignal): Promise<void> => {
    const { run, definition, rules } = alive
    const step = stepOf(run, work.step)
    if (!step) return
    const call: BoundCall = (operation, input, item) =>
      options.egress.call({
        scope: {
          team: run.team,
          actor: ENGINE,
          subjects: [run.subject.id],
          urgent: true,
          attempt: {
            run: run.id,
            step: work.step,
            attempt: work.attempt,
            generations: step.generations,
            startedAt: options.clock.now(),
            earlierCalls: work.earlierCalls,
          },
          tries: rules.policy(definition.name, work.step),
          signal,
        },
        operation,
        input,
        ...(item === undefined ? {} : { item }),
      })
    const about = { step: work.step, attempt: work.attempt }
    try {
      const opened = await options.openTicket(call, { run, step, definition })
      await report(run, { kind: 'ticket-opened', ...about, ticket: opened })
    } catch (error) {
      if (error !== signal.reason) await report(run, { kind: 'ticket-failed', ...about, failure: toStepFailure(error) })
    }
  }

  const track = (work: Promise<void>): void => {
    const end = work.catch(options.onError).finally(() => ends.delete(end))
    ends.add(end)
  }

  /** Lets the other run know as soon as that can be written; what a stop cuts off, the next start takes up. */
  const kin = async (about: Kin): Promise<void> => {
    for (let refusals = 0; refusals < REFUSALS; ) {
      try {
        await options.settleKin(about)
        return
      } catch (error) {
        options.onError(error)
        if (stopping) return
        if (!isPassing(error)) refusals += 1
        await options.clock.sleep(Math.min(RECORD_AGAIN_MS * 2 ** refusals, RECORD_AGAIN_AT_LAST_MS))
      }
    }
  }

  const begin = (id: AttemptId, carryOut: (ending: AbortController) => Promise<void>): void => {
    const ending = new AbortController()
    busy.set(id, ending)
    const end = (): void => {
      busy.delete(id)
      gate.leave(id)
    }
    track(carryOut(ending).finally(end))
  }

  const inTurn = (alive: Alive, work: WorkOf<'attempt'>): void => {
    const { run, definition } = alive
    const { step, attempt: id } = work
    const definedAs = definitionOf(definition, step)
    const services = definedAs?.kind === 'step' ? definedAs.uses.map(({ service }) => service) : []
    gate.enter({
      id,
      kind: services.join('+'),
      goesOn: run.steps.some(settled),
      begin: () => begin(id, (ending) => attempt(alive, work, ending)),
      withdrawn: () => track(report(run, { kind: 'attempt-ended', step, attempt: id, calls: [] })),
    })
  }

  return {
    /** Those that wait for their turn, too. */
    carries: (attempt: AttemptId): boolean => busy.has(attempt) || gate.holds(attempt),
    waits: (attempt: AttemptId): boolean => gate.holds(attempt),
    /** Whether what begins now has to wait elsewhere. */
    isFull: (): boolean => gate.isFull(),
    hand(alive: Alive, work: Work): void {
      if (work.kind === 'abandon') {
        gate.withdraw(work.attempt)
        busy.get(work.attempt)?.abort(new Abandoned())
        return
      }
      if (stopping) return
      if (work.kind === 'kin') {
        track(kin({ ...work, team: alive.run.team }))
        return
      }
      // A ticket is asked for by people, or for them.
      if (work.kind === 'ticket') begin(work.attempt, (ending) => ticket(alive, work, ending.signal))
      else inTurn(alive, work)
    },
    async stop(): Promise<void> {
      stopping = true
      gate.close()
      for (const controller of busy.values()) controller.abort(new ShuttingDown())
      const limit = new AbortController()
      await Promise.race([Promise.allSettled(ends), options.clock.sleep(STOP_MS, limit.signal).catch(() => undefined)])
      limit.abort(new ShuttingDown())
    },
  }
}

/** The disk is full, say: it goes on by itself. */
const isPassing = (error: unknown): boolean => error instanceof PurserError && error.consequence === 'retry'

/** A result that cannot be kept fails its step: somebody sees it, instead of a step that runs for ever. */
function unrecordable(event: RunEvent, cause: unknown): RunEvent {
  if (event.kind !== 'attempt-succeeded') return event
  const { step, attempt, calls } = event
  const failure = toStepFailure(
    new PermanentFailure({
      code: 'result-not-recorded',
      message: `The step was done, and its result could not be written down: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint: 'This is a fault in the workflow or in Purser. Mark the step done with the right result, or mend and retry.',
      cause,
    }),
  )
  return { kind: 'attempt-failed', step, attempt, calls, failure, retryAfterMs: null }
}

function stepGone(definition: WorkflowDefinition, { step, attempt }: WorkOf<'attempt'>): RunEvent {
  const failure = toStepFailure(
    new PermanentFailure({
      code: 'no-such-step',
      message: `Version ${definition.version} of ${definition.title} has no step ${step} any more.`,
      hint: 'Mark it done or skip it; or deploy the version that has it, and retry.',
    }),
  )
  return { kind: 'attempt-failed', step, attempt, calls: [], failure, retryAfterMs: null }
}
