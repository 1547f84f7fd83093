import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Whereabouts } from '../domain/absence.ts'
import { actorText } from '../domain/actor.ts'
import type { CardMark } from '../domain/card.ts'
import type { AttemptId, Ids, RunId, TeamId } from '../domain/ids.ts'
import type { Awaited } from '../domain/inbox-item.ts'
import { proposedStep } from '../domain/proposal.ts'
import type { Run } from '../domain/run.ts'
import { createClaims } from '../egress/claims.ts'
import type { Egress } from '../egress/scope.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { createAlarm } from './alarm.ts'
import type { DecisionAnswer, DecisionCall, Engine, Paused, StartAnswer, StartCall } from './decisions.ts'
import type { WorkflowDefinition } from './define-workflow.ts'
import type { EventOf, FreshRun, RunEvent } from './events.ts'
import { keepBulks } from './keep-bulks.ts'
import { keepHolds, type Watched } from './keep-holds.ts'
import { createLine } from './line.ts'
import { createLiveRuns, type LiveRuns, type PostAnswer } from './live-runs.ts'
import { prepareRestart } from './prepare-restart.ts'
import { recover } from './recover.ts'
import { settleKin } from './settle-kin.ts'
import { startRun } from './start-run.ts'
import type { WorkLimits } from './work-gate.ts'
import { createWorkers, type OpenTicket } from './workers.ts'

export interface EngineOptions {
  store: Store
  ledger: Ledger
  egress: Egress
  keys: SubjectKeys
  rules: RulesBook
  workflows: readonly WorkflowDefinition[]
  /** Services that have their settings. */
  configured: ReadonlySet<string>
  openTicket: OpenTicket
  /** The services that are looked at also when nothing runs; none when absent. */
  watched?: Watched
  /** How much is carried out at a time; as measured when absent. */
  limits?: WorkLimits
  clock: Clock
  ids: Ids
  /** Why nothing may be started or decided now; absent: it always may. */
  paused?(): Paused | null
  /** Told after each commit which cards are stale. */
  onStale(marks: readonly CardMark[]): void
  /** Told after each commit which steps have begun to wait for events. */
  onAwaiting?(awaited: readonly Awaited[]): void
  /** Told after each commit of a run of which somebody is asked something, owes something or has taken it over; or was. */
  onPeople?(run: Run): void
  /** What went wrong apart from any run's own failures. */
  onError(error: unknown): void
}

export interface RunningEngine extends Engine {
  /** Takes up every run that a stop or a crash left unfinished; answers with how many attempts were lost. */
  recover(): Promise<number>
  /** Gives what came from outside to the step that waits for it. */
  give(call: GiveCall): Promise<PostAnswer>
  /** Tells a run who is away now; false when it has changed nothing. */
  reroute(team: TeamId, run: RunId, where: Whereabouts): Promise<boolean>
  /** Whether an attempt is being carried out here. */
  carries(attempt: AttemptId): boolean
  /** Whether it waits for its turn, and has not begun. */
  waits(attempt: AttemptId): boolean
  /** People have set the clock. */
  clockWasSet(): void
  /** Ends waiting and lets what is on the wire finish; what remains is taken up at the next start. */
  stop(): Promise<void>
}

/** Something that came, for one run. */
export interface GiveCall {
  team: TeamId
  run: RunId
  event: EventOf<'event-came'>
}

/** Carries runs through: every change of a run goes through its mailbox, the pure transition and one commit. */
export function createEngine(options: EngineOptions): RunningEngine {
  const alarm = createAlarm({
    store: options.store,
    clock: options.clock,
    wake: async (team, run) => {
      await live.post(team, run, { kind: 'woken' })
    },
    onError: options.onError,
  })
  const claims = createClaims()
  const holds = keepHolds(options, (team, run, event, part) => live.post(team, run, event, part))
  const bulks = keepBulks(options, () => live)
  const live: LiveRuns = createLiveRuns({
    ...options,
    claims,
    alarm,
    hand: (run, work) => workers.hand(run, work),
    line: {
      mustWait: () => line.mustWait(),
      joined: () => line.joined(),
    },
    holds: holds.standing,
    holdCards: holds.cardsOf,
    onChanged(before, events) {
      holds.onChanged(before, events)
      bulks.onChanged(before)
    },
  })
  const workers = createWorkers({
    ...options,
    onRoom: () => line.move(),
    post: (team, run, event) => live.post(team, run, event),
    settleKin: (kin) => settleKin({ store: options.store, live }, kin),
  })
  const line = createLine({
    ...options,
    isFull: () => workers.isFull(),
    beginTurn: async (team, run) => (await live.post(team, run, { kind: 'turn-came' })).kind === 'changed',
  })

  return {
    start: (call) => start({ ...options, claims, holds }, live, call),
    decide: (call) => decide({ ...options, claims }, live, call),
    run: (team, id) => live.read(team, id),
    give: ({ team, run, event }) => live.post(team, run, event),
    reroute: async (team, run, where) =>
      (await live.post(team, run, { kind: 'whereabouts', where })).kind === 'changed',
    carries: (attempt) => workers.carries(attempt),
    waits: (attempt) => workers.waits(attempt),
    clockWasSet: () => void alarm.setAnew().catch(options.onError),
    paused: () => options.paused?.() ?? null,
    holds: holds.holds,
    bulks: bulks.bulks,
    async recover() {
      await holds.load()
      const lost = await recover({ ...options, live })
      await alarm.start()
      line.start()
      await holds.start()
      await bulks.start()
      return lost
    },
    async stop() {
      alarm.stop()
      line.stop()
      holds.stop()
      bulks.stop()
      await workers.stop()
      await live.idle()
    },
  }
}

type WithClaims = { claims: ReturnType<typeof createClaims> }

async function start(
  options: EngineOptions & WithClaims & { holds: ReturnType<typeof keepHolds> },
  live: LiveRuns,
  call: StartCall,
): Promise<StartAnswer> {
  const paused = options.paused?.()
  if (paused) return { kind: 'refused', ...paused }
  const definition = options.workflows.find((each) => each.name === call.workflow)
  if (!definition) {
    return {
      kind: 'refused',
      code: 'no-such-workflow',
      message: `There is no workflow called ${call.workflow}.`,
      hint: `There are: ${options.workflows.map((each) => each.name).join(', ')}.`,
    }
  }
  const begin = (fresh: FreshRun) => options.holds.begin(fresh, live.begin)
  return await startRun({ ...options, begin }, call, { definition, rules: options.rules.current() })
}

async function decide(
  options: EngineOptions & WithClaims,
  live: LiveRuns,
  call: DecisionCall,
): Promise<DecisionAnswer> {
  const paused = options.paused?.()
  if (paused) return { kind: 'refused', ...paused }
  const prepared = await prepareRestart({ ...options, read: (team, run) => live.read(team, run) }, call)
  if (prepared && 'answer' in prepared) return prepared.answer
  const event: RunEvent = { kind: 'decided', decision: call.decision, actor: call.actor, ...prepared }
  const answer = await live.post(call.team, call.run, event)
  switch (answer.kind) {
    case 'changed':
      return decidedOrProposed(answer.run, call)
    case 'invalid':
      return { kind: 'invalid', errors: answer.errors }
    case 'no-such-run':
      return answer
    case 'nothing':
      return { kind: 'too-late', run: answer.run, by: null, status: answer.run.status }
    default:
      await recordRefusal(options, call, answer.run, answer.kind)
      return answer.kind === 'too-late'
        ? { kind: 'too-late', run: answer.run, by: answer.by, status: answer.status }
        : { kind: 'refused', code: answer.code, message: answer.message, hint: answer.hint }
  }
}

/** A decision that was carried out leaves no proposal of its own behind. */
function decidedOrProposed(run: Run, { decision, actor }: DecisionCall): DecisionAnswer {
  if (decision.kind === 'confirm' || decision.kind === 'withdraw') return { kind: 'decided', run }
  const proposal = run.proposals?.find((each) => {
    const isSame = each.decision.kind === decision.kind && actorText(each.by) === actorText(actor)
    return isSame && proposedStep(each) === ('step' in decision ? decision.step : null)
  })
  return proposal ? { kind: 'proposed', run, proposal } : { kind: 'decided', run }
}

async function recordRefusal(options: EngineOptions, call: DecisionCall, run: Run, why: string): Promise<void> {
  const step = 'step' in call.decision ? { step: call.decision.step } : {}
  await options.ledger.record([
    {
      id: options.ids.entry(),
      at: options.clock.now(),
      team: call.team,
      kind: 'decision.refused',
      actor: actorText(call.actor),
      subjects: [run.subject.id],
      run: run.id,
      ...step,
      facts: { decision: call.decision.kind, why },
    },
  ])
}
