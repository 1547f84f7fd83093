import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import { scopeKey } from '../domain/hold.ts'
import type { HoldId, Ids, TeamId } from '../domain/ids.ts'
import { createClaims } from '../egress/claims.ts'
import type { RulesBook } from '../rules/rules.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { newBrake } from './decide-hold.ts'
import type { HoldBook } from './hold-book.ts'
import { decodeHold } from './run-codec.ts'

interface Ports {
  book: HoldBook
  store: Pick<Store, 'startsSince' | 'latestHold'>
  keys: SubjectKeys
  rules: RulesBook
  clock: Clock
  ids: Ids
}

/** Counts what is started, by whomever; beyond what is usual, starts are accepted and wait until somebody has looked. */
export function createBrake(ports: Ports) {
  const { book, clock } = ports
  const turns = createClaims()
  /** Times of the latest starts, oldest first: as many as the rules allow, or as there are. */
  const started = new Map<string, number[]>()

  const standing = (team: TeamId, workflow: string): HoldId | null =>
    book
      .standing()
      .find(
        ({ kind, team: of, scope, status }) =>
          kind === 'brake' &&
          of === team &&
          status === 'open' &&
          scope.of === 'workflow' &&
          scope.workflow === workflow,
      )?.id ?? null

  /** What was let go on, or thrown away, after a look is not counted again. */
  const lookedAt = async (team: TeamId, workflow: string): Promise<number> => {
    const row = await ports.store.latestHold(team, 'brake', scopeKey({ of: 'workflow', workflow }))
    const last = row && decodeHold(row, ports.keys)
    return last?.release?.at ?? 0
  }

  return {
    /** What was counted was no start after all. */
    notStarted(team: TeamId, workflow: string): void {
      started.get(`${team}/${workflow}`)?.pop()
    },
    /** The hold behind which a start of this workflow waits; null when it may begin. Counts it. */
    async beforeStart(team: TeamId, workflow: string): Promise<HoldId | null> {
      const rule = ports.rules.current().brake(workflow)
      const stands = standing(team, workflow)
      if (stands || !rule) return stands
      const key = `${team}/${workflow}`
      const known = started.get(key)
      if (known && (known.at(-rule.starts) ?? 0) <= clock.now() - rule.withinMs) {
        remember(started, key, { at: clock.now(), atMost: rule.starts })
        return null
      }
      return await turns.hold(key, async () => {
        const again = standing(team, workflow)
        if (again) return again
        const now = clock.now()
        const since = Math.max(now - rule.withinMs, (await lookedAt(team, workflow)) + 1)
        const inStore = await ports.store.startsSince({ team, workflow, since }, rule.starts)
        // Those that are on their way to the disk count too.
        const onTheWay = (started.get(key) ?? []).filter((at) => at >= since)
        const times = onTheWay.length > inStore.length ? onTheWay : inStore.reverse()
        started.set(key, times)
        if (times.length < rule.starts) {
          remember(started, key, { at: now, atMost: rule.starts })
          return null
        }
        const scope = { of: 'workflow', workflow } as const
        const opened = await book.open(newBrake({ id: ports.ids.hold(), team, scope, now }, rule))
        return opened.hold.status === 'open' ? opened.hold.id : null
      })
    },
  }
}

function remember(started: Map<string, number[]>, key: string, { at, atMost }: { at: number; atMost: number }): void {
  const times = started.get(key) ?? []
  times.push(at)
  while (times.length > atMost) times.shift()
  started.set(key, times)
}
