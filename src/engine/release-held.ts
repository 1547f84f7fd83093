import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Hold } from '../domain/hold.ts'
import type { HoldId, RunId, TeamId } from '../domain/ids.ts'
import type { RulesBook } from '../rules/rules.ts'
import { closed } from './decide-hold.ts'
import { ENGINE } from './draft-change.ts'
import type { RunEvent } from './events.ts'
import type { HoldBook, HoldPart } from './hold-book.ts'

interface ReleaserPorts {
  book: HoldBook
  store: Pick<Store, 'runsHeldBy'>
  rules: RulesBook
  clock: Clock
  post(team: TeamId, run: RunId, event: RunEvent, part?: HoldPart): Promise<{ kind: string }>
  onError(error: unknown): void
}

/** Milliseconds without a new failure after which an incident is over, once everything goes on. */
const SETTLED_MS = 30_000
/** Milliseconds until runs that could not be let go on are tried again. */
const AGAIN_MS = 60_000

/** Lets go on what was held, oldest run first, at the rate that the rules say; what is left is in the store. */
export function createReleaser(ports: ReleaserPorts) {
  const busy = new Set<HoldId>()
  const stopping = new AbortController()

  const letGo = (hold: Hold, run: { team: TeamId; id: RunId }, part?: HoldPart): Promise<{ kind: string }> => {
    const by = hold.release?.by ?? hold.decisions.at(-1)?.by ?? ENGINE
    const isCancelled = hold.kind === 'brake' && hold.cancelling
    const reason = hold.decisions.findLast(({ kind }) => kind === 'cancel-all')?.reason ?? ''
    const event: RunEvent = isCancelled
      ? // None of them has begun: nobody is asked for a second time.
        { kind: 'decided', decision: { kind: 'cancel', reason }, actor: by, follows: true }
      : { kind: 'released', hold: hold.id, by }
    return ports.post(run.team, run.id, event, part)
  }

  /** One of those whom a click lets go on, and the click's account of it, in one change. */
  const oneMore = async (hold: Hold): Promise<void> => {
    const [run] = await ports.store.runsHeldBy(hold.id, 1)
    const less = (now: Hold) => ({ hold: { ...now, oneByOne: run ? now.oneByOne - 1 : 0 }, entry: null, urgent: true })
    if (!run) await ports.book.change(hold.id, less)
    else await ports.book.changeWith(hold.id, less, async (part) => (await letGo(hold, run, part)).kind === 'changed')
  }

  const carryOn = async (id: HoldId): Promise<void> => {
    const failed = new Set<RunId>()
    let releasedAt = ports.clock.elapsed()
    for (;;) {
      const hold = ports.book.standing().find((each) => each.id === id)
      if (!hold || stopping.signal.aborted) return
      if (hold.status !== 'releasing') {
        if (hold.oneByOne === 0) return
        await oneMore(hold)
        continue
      }
      const runs = await ports.store.runsHeldBy(id, failed.size + 1)
      const next = runs.find((run) => !failed.has(run.id))
      if (next) {
        const isDone = await letGo(hold, next).then(
          ({ kind }) => kind === 'changed',
          (error: unknown) => {
            ports.onError(error)
            return false
          },
        )
        // One run that cannot go on does not hold up the others.
        if (!isDone) failed.add(next.id)
        releasedAt = ports.clock.elapsed()
        await pause(60_000 / ports.rules.current().incidents.releasePerMinute)
      } else if (failed.size > 0) {
        await pause(AGAIN_MS)
        failed.clear()
      } else {
        const mayComeBack = hold.kind === 'incident' && hold.release?.runs !== 0
        const left = releasedAt + SETTLED_MS - ports.clock.elapsed()
        if (mayComeBack && left > 0) await pause(left)
        else if (await ports.book.change(id, (now) => stillOver(now, ports.clock.now()))) return
        else await pause(1_000)
      }
    }
  }

  const pause = (ms: number): Promise<void> => ports.clock.sleep(ms, stopping.signal).catch(() => undefined)

  return {
    /** A hold has something to let go on. */
    nudge(id: HoldId): void {
      if (busy.has(id) || stopping.signal.aborted) return
      busy.add(id)
      carryOn(id)
        .catch(async (error: unknown) => {
          ports.onError(error)
          await pause(AGAIN_MS)
        })
        .finally(() => {
          busy.delete(id)
          const hold = ports.book.standing().find((each) => each.id === id)
          if (hold && (hold.status === 'releasing' || hold.oneByOne > 0)) this.nudge(id)
        })
    },
    stop: () => stopping.abort(new Error('Purser stops')),
  }
}

/** It may have come back while the others were counted. */
const stillOver = (hold: Hold, now: number) => (hold.status === 'releasing' ? closed(hold, now) : null)
