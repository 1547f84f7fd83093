import fc from 'fast-check'
import { expect } from 'vitest'
import type { HoldId, RunId } from '../../../src/domain/ids.ts'
import { ended, type Run } from '../../../src/domain/run.ts'
import type { openEngine } from '../../engine/open-engine.ts'
import { JANE, TEAM } from '../../support/test-ids.ts'
import { settle } from '../../support/turns.ts'

type Engine = Awaited<ReturnType<typeof openEngine>>

/** Something that keeps runs from going on, from one round until another, or until its time is over. */
export interface Holding {
  over: 'everything' | 'workflow' | 'run'
  round: number
  rounds: number
  ends: 'resumed' | 'by itself'
}

export const holdings: fc.Arbitrary<Holding[]> = fc.array(
  fc.record<Holding>({
    over: fc.constantFrom('everything', 'workflow', 'run'),
    round: fc.nat(12),
    rounds: fc.integer({ min: 1, max: 8 }),
    ends: fc.constantFrom('resumed', 'by itself'),
  }),
  { maxLength: 3 },
)

const FOR_MS = 2_000_000

/** Opens and ends what is to hold, and looks at every round whether anything began that it holds. */
export function holdRuns(at: Engine, { run, all }: { run: RunId; all: readonly Holding[] }) {
  const counts = { pauses: 0, brakes: 0, checks: 0 }
  const open = new Map<Holding, { hold: HoldId | null; begun: ReadonlySet<string> }>()

  const pause = async (holding: Holding): Promise<void> => {
    const until = holding.ends === 'by itself' ? at.clock.now() + FOR_MS : null
    if (holding.over === 'run') {
      const decision = { kind: 'pause', reason: 'wait', until } as const
      const answer = await at.engine().decide({ team: TEAM, run, actor: JANE, decision })
      if (answer.kind !== 'decided') return
      open.set(holding, { hold: null, begun: await begunIn(at, run) })
    } else {
      const scope =
        holding.over === 'everything' ? { of: holding.over } : ({ of: 'workflow', workflow: 'random' } as const)
      const answer = await at.engine().holds.pause({ team: TEAM, scope, by: JANE, reason: 'wait', until })
      if (answer.kind !== 'done') return
      // What was decided before may still be on its way to the disk.
      await settle(8)
      open.set(holding, { hold: answer.hold.id, begun: await begunIn(at, holding.over === 'everything' ? null : run) })
    }
    counts.pauses += 1
  }

  const resume = async (hold: HoldId | null): Promise<void> => {
    if (hold) await at.engine().holds.decide({ team: TEAM, hold, kind: 'resume', by: JANE, reason: null })
    else await at.engine().decide({ team: TEAM, run, actor: JANE, decision: { kind: 'resume', reason: null } })
  }

  const stands = async (hold: HoldId | null): Promise<boolean> =>
    hold ? at.engine().holds.known(hold)?.status === 'open' : Boolean((await at.run(run)).paused)

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
      for (const [holding, { hold, begun }] of open) {
        if (!(await stands(hold))) {
          open.delete(holding)
          continue
        }
        counts.checks += 1
        const now = await begunIn(at, holding.over === 'everything' ? null : run)
        expect(
          [...now].filter((each) => !begun.has(each)),
          'nothing begins while it is held',
        ).toEqual([])
      }
      const standing = new Set<HoldId>(
        at
          .engine()
          .holds.standing(TEAM)
          .map(({ id }) => id),
      )
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

const runsOf = async (at: Engine): Promise<Run[]> => {
  const rows = await at.store.runs({ team: TEAM }, 50)
  return await Promise.all(rows.map(({ id }) => at.run(id)))
}

/** Every attempt and every wait that there has been; of one run, or of all. */
async function begunIn(at: Engine, of: RunId | null): Promise<Set<string>> {
  const runs = of ? [await at.run(of)] : await runsOf(at)
  return new Set(
    runs.flatMap(({ id, steps }) =>
      steps.flatMap((step) => [
        ...Array.from({ length: step.attempts }, (_, index) => `${id}/${step.key}@${index}`),
        ...(step.wait ? [`${id}/${step.key} waits`] : []),
      ]),
    ),
  )
}
