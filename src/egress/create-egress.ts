import type { Clock } from '../clock.ts'
import type { CallSummary } from '../domain/call-summary.ts'
import { PersonNeeded, PurserError } from '../domain/errors.ts'
import { callName, type Endpoint } from '../domain/operation.ts'
import { carryOut, type OpenCall } from './carry-out.ts'
import { createClaims } from './claims.ts'
import { createLane, type Lane } from './lanes.ts'
import type { CallScope, Egress, EgressCall } from './scope.ts'
import type { WirePorts } from './send-try.ts'

interface EgressOptions extends WirePorts {
  clock: Clock
  endpoints: readonly Endpoint[]
  /** Between 0 and 1, for the jitter. */
  random(): number
}

export interface WholeEgress extends Egress {
  /** Tries that wait for their turn, by service. */
  waiting(): Readonly<Record<string, number>>
  close(): Promise<void>
}

/** The one way out: every request to a service or to Slack passes here, and is in the ledger before it leaves. */
export function createEgress(options: EgressOptions): WholeEgress {
  const lanes = new Map<string, { endpoint: Endpoint; lane: Lane }>(
    options.endpoints.map((endpoint) => [endpoint.service, { endpoint, lane: createLane(endpoint.lane) }]),
  )
  const claims = createClaims()

  const open = <I, O>(call: EgressCall<I, O>, top: boolean): OpenCall<I, O> => {
    const way = lanes.get(call.operation.service)
    if (!way) throw notConfigured(call.operation.service)
    const name = callName(call.operation, call.item)
    const generation = call.scope.attempt?.generations[name] ?? 0
    return {
      id: options.ids.call(),
      name,
      key: keyOf(call.scope, name, generation),
      generation,
      raiseGeneration() {
        this.generation += 1
        this.key = keyOf(call.scope, name, this.generation)
      },
      scope: top ? call.scope : quiet(call.scope),
      operation: call.operation,
      input: call.input,
      ...way,
      claims,
      random: options.random,
      look: (operation, input) =>
        carryOut(options, open({ scope: call.scope, operation, input }, false)).then(({ output }) => output),
      tries: 0,
      sent: false,
      mayStand: false,
    }
  }

  return {
    async call(call) {
      const opened = open(call, true)
      const summary = (outcome: CallSummary['outcome']): CallSummary => ({
        service: call.operation.service,
        operation: call.operation.name,
        title: call.operation.title,
        class: call.operation.class,
        outcome,
        tries: opened.tries,
        at: options.clock.now(),
        ...(outcome === 'found' && opened.mayStand ? { ours: true } : {}),
      })
      try {
        const result = await carryOut(options, opened)
        call.scope.onCall?.(summary(result.found ? 'found' : 'done'))
        return result.output
      } catch (error) {
        call.scope.onCall?.(summary(outcomeOf(error, opened.sent)))
        throw error
      }
    },
    waiting: () => Object.fromEntries([...lanes].map(([service, { lane }]) => [service, lane.waiting()])),
    close: () => options.http.close(),
  }
}

function outcomeOf(error: unknown, sent: boolean): CallSummary['outcome'] {
  if (error instanceof PurserError && error.consequence === 'unknown') return 'unknown'
  return sent ? 'failed' : 'not-sent'
}

/** A look inside a call tells nobody of its own end: the call that it serves does. */
function quiet(scope: CallScope): CallScope {
  const { onCall: _told, ...rest } = scope
  return rest
}

/** Run, step, name and generation: the same for every repetition, another after a person's decision about this call. */
function keyOf({ attempt, purpose }: CallScope, name: string, generation: number): string {
  if (attempt) return `${attempt.run}/${attempt.step}/${name}/${generation}`
  return `${purpose?.key ?? '-'}/${name}`
}

function notConfigured(service: string): PersonNeeded {
  return new PersonNeeded({
    code: 'service-not-configured',
    message: `Purser has no access to ${service}: its settings are missing.`,
    hint: 'Set them as .env.example says, and restart Purser; then retry.',
  })
}
