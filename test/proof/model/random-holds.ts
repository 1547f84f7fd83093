import fc from 'fast-check'
import { expect } from 'vitest'
import { type Hold, type HoldScope, scopeKey } from '../../../src/domain/hold.ts'
import type { HoldId, RunId } from '../../../src/domain/ids.ts'
import { ended, type Run } from '../../../src/domain/run.ts'
import type { openEngine } from '../../engine/open-engine.ts'
import { JANE, TEAM } from '../../support/test-ids.ts'
import { settle } from '../../support/turns.ts'
import { childOf, type Node } from './random-graph.ts'

type Engine = Awaited<ReturnType<typeof openEngine>>

/** Something that keeps runs from going on, from one round until another, or until its time is over. */
export interface Holding {
  over: 'everything' | 'workflow' | 'child' | 'service' | 'run'
  round: number
  rounds: number
  ends: 'resumed' | 'by itself'
}

export const holdings: fc.Arbitrary<Holding[]> = fc.array(
  fc.record<Holding>({
    over: fc.constantFrom('everything', 'workflow', 'child', 'service', 'service', 'run'),
    round: fc.nat(12),
    rounds: fc.integer({ min: 1, max: 8 }),
    ends: fc.constantFrom('resumed', 'by itself'),
  }),
  { maxLength: 3 },
)

const FOR_MS = 2_000_000

/** What has begun under a hold that stands; null: of the run's own pause. */
interface Standing {
  hold: HoldId | null
  scope: HoldScope | null
  begun: ReadonlySet<string>
}

interface Held {
  run: RunId
  graph: readonly Node[]
  all: readonly Holding[]
}

/** Opens and ends what is to hold, and looks at every round whether anything began that it holds. */
export function holdRuns(at: Engine, { run, graph, all }: Held) {
  const counts = { pauses: 0, brakes: 0, checks: 0, 'service pauses': 0, 'incidents checked': 0 }
  const open = new Map<Holding, Standing>()
  const incidents = new Map<string, ReadonlySet<string>>()
  const begunUnder = (scope: HoldScope | null): Promise<Set<string>> => begunIn(at, { run, graph, scope })

  const pause = async (holding: Holding): Promise<void> => {
    const until = holding.ends === 'by itself' ? at.clock.now() + FOR_MS : null
    if (holding.over === 'run') {
      const decision = { kind: 'pause', reason: 'wait', until } as const
      const answer = await at.engine().decide({ team: TEAM, run, actor: JANE, decision })
      if (answer.kind !== 'decided') return
      open.set(holding, { hold: null, scope: null, begun: await begunUnder(null) })
    } else {
      const scope = scopeOf(holding.over, graph)
      const answer = scope && (await at.engine().holds.pause({ team: TEAM, scope, by: JANE, reason: 'wait', until }))
      if (answer?.kind !== 'done') return
      // What was decided before may still be on its way to the disk.
      await settle(8)
      open.set(holding, { hold: answer.hold.id, scope, begun: await begunUnder(scope) })
      if (scope?.of === 'service') counts['service pauses'] += 1
    }
    counts.pauses += 1
  }

  const resume = async (hold: HoldId | null): Promise<void> => {
    if (hold) await at.engine().holds.decide({ team: TEAM, hold, kind: 'resume', by: JANE, reason: null })
    else await at.engine().decide({ team: TEAM, run, actor: JANE, decision: { kind: 'resume', reason: null } })
  }

  const stands = async (hold: HoldId | null): Promise<boolean> =>
    hold ? at.engine().holds.known(hold)?.status === 'open' : Boolean((await at.run(run)).paused)

  const checkPauses = async (): Promise<void> => {
    for (const [holding, { hold, scope, begun }] of open) {
      if (!(await stands(hold))) {
        open.delete(holding)
        continue
      }
      counts.checks += 1
      expectNothingNew(begun, await begunUnder(scope), holding.over)
    }
  }

  /** As long as nobody lets one of them go on, nothing begins that asks the service. */
  const checkIncidents = async (): Promise<void> => {
    const standing = at.engine().holds.standing(TEAM)
    const now = standing.filter((hold) => hold.kind === 'incident' && hold.status === 'open')
    for (const name of incidents.keys()) if (!now.some((hold) => nameOf(hold) === name)) incidents.delete(name)
    for (const hold of now) {
      const begun = await begunUnder(hold.scope)
      const before = incidents.get(nameOf(hold))
      if (before) {
        counts['incidents checked'] += 1
        expectNothingNew(before, begun, 'incident')
      }
      incidents.set(nameOf(hold), begun)
    }
  }

  return {
    counts,
    /** What begins in this round, and what ends in it. */
    async act(round: number): Promise<void> {
      for (const holding of all.filter((each) => each.round === round)) await pause(holding)
      for (const [holding, { hold }] of open) {
        if (holding.ends === 'resumed' && round >= holding.round + holding.rounds) {
          open.delete(holding)
          await resume(hold)
        }
      }
      for (const hold of at.engine().holds.standing(TEAM)) {
        if (hold.kind !== 'brake' || hold.status !== 'open' || round < 2) continue
        counts.brakes += 1
        await at.engine().holds.decide({ team: TEAM, hold: hold.id, kind: 'release-all', by: JANE, reason: null })
      }
    },
    /** Nothing begins while it is held, and nothing is held by what does not stand. */
    async check(): Promise<void> {
      await checkPauses()
      await checkIncidents()
      const all = at.engine().holds.standing(TEAM)
      const standing = new Set<HoldId>(all.map(({ id }) => id))
      const unlike = new Set(all.map(({ kind, scope }) => `${kind} over ${scopeKey(scope)}`))
      expect(unlike.size, 'one of a kind stands over one thing').toBe(all.length)
      for (const each of await runsOf(at)) {
        for (const step of each.steps) {
          if (step.status !== 'held') continue
          expect(step.hold === null ? Boolean(each.paused) : standing.has(step.hold), 'what holds it stands').toBe(true)
        }
        if (ended(each)) expect(each.paused ?? null, 'what has ended is not paused').toBeNull()
      }
    },
  }
}

const expectNothingNew = (before: ReadonlySet<string>, now: ReadonlySet<string>, held: string): void =>
  expect(
    [...now].filter((each) => !before.has(each)),
    `nothing begins while it is held: ${held}`,
  ).toEqual([])

/** An incident that came back, or of which somebody let one go on, is another one. */
const nameOf = (hold: Hold): string =>
  hold.kind === 'incident' ? `${hold.id}/${hold.reopened}/${hold.decisions.length}/${hold.oneByOne}` : hold.id

/** Null: the graph has no such thing. */
function scopeOf(over: Exclude<Holding['over'], 'run'>, graph: readonly Node[]): HoldScope | null {
  if (over === 'everything') return { of: over }
  if (over === 'workflow') return { of: over, workflow: 'random' }
  if (over === 'service') return { of: over, service: 'vendor' }
  const index = graph.findIndex(({ kind }) => kind === 'subflow')
  return index < 0 ? null : { of: 'workflow', workflow: childOf(index) }
}

const runsOf = async (at: Engine): Promise<Run[]> => {
  const rows = await at.store.runs({ team: TEAM }, 50)
  return await Promise.all(rows.map(({ id }) => at.run(id)))
}

/** Every attempt and every wait that there has been of what is held: null is one run by its own pause. */
async function begunIn(
  at: Engine,
  { run, graph, scope }: { run: RunId; graph: readonly Node[]; scope: HoldScope | null },
): Promise<Set<string>> {
  const runs = scope ? await runsOf(at) : [await at.run(run)]
  return new Set(
    runs
      .filter(({ workflow }) => scope?.of !== 'workflow' || workflow === scope.workflow)
      .flatMap(({ id, workflow, steps }) =>
        steps
          .filter(({ key }) => scope?.of !== 'service' || asks(workflow, key, graph))
          .flatMap((step) => [
            ...Array.from({ length: step.attempts }, (_, index) => `${id}/${step.key}@${index}`),
            ...(step.wait ? [`${id}/${step.key} waits`] : []),
          ]),
      ),
  )
}

/** Whether this step calls the service: one of the graph, an item of it, or that of its child. */
function asks(workflow: string, key: string, graph: readonly Node[]): boolean {
  const [, index] = /(\d+)/.exec(workflow === 'random' ? key : workflow) ?? []
  const node = graph[Number(index)]
  const isCall = node?.kind === 'step' || node?.kind === 'each' || (node?.kind === 'subflow' && workflow !== 'random')
  return isCall && (node?.calls ?? false)
}
