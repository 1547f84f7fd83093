import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Actor } from '../domain/actor.ts'
import type { Hold, HoldDecision, HoldDecisionKind, HoldOf, HoldScope } from '../domain/hold.ts'
import type { HoldId, Ids, TeamId } from '../domain/ids.ts'
import { decideHold, newPause, overruled, probed, releasing } from './decide-hold.ts'
import { ENGINE } from './draft-change.ts'
import type { HoldBook } from './hold-book.ts'
import type { Looked, ServiceHealth, Woken } from './watch-services.ts'

export interface PauseCall {
  team: TeamId
  scope: HoldScope
  by: Actor
  reason: string
  /** When it goes on by itself, in milliseconds since 1970. */
  until: number | null
}

export interface HoldCall {
  team: TeamId
  hold: HoldId
  kind: HoldDecisionKind
  by: Actor
  reason: string | null
}

export type HoldAnswer =
  | { kind: 'done'; hold: Hold }
  /** Somebody was first, or it ended by itself. */
  | { kind: 'too-late'; hold: Hold; by: HoldDecision | null }
  | { kind: 'no-such-hold' }

/** What people ask and decide about what holds runs back. */
export interface Holds {
  standing(team: TeamId): readonly Hold[]
  /** One that is not closed; else null. */
  known(id: HoldId): Hold | null
  find(team: TeamId, id: HoldId): Promise<Hold | null>
  /** Runs that wait for it now. */
  waiting(id: HoldId): Promise<number>
  /** `too-late`: the same is paused already. */
  pause(call: PauseCall): Promise<HoldAnswer>
  decide(call: HoldCall): Promise<HoldAnswer>
  /** How each service is, by the last that was heard of it. */
  health(): readonly ServiceHealth[]
}

interface Ports {
  book: HoldBook
  store: Pick<Store, 'countHeldBy'>
  clock: Clock
  ids: Ids
  /** Something may go on. */
  nudge(id: HoldId): void
  /** One was opened, or is still open from before a restart. */
  onOpened(hold: Hold): void
  /** Somebody did something about a service. */
  wake(service: string, how: Woken): void
  /** A ticket about an incident is to be opened. */
  openTicket(hold: HoldOf<'incident'>): void
  health(): readonly ServiceHealth[]
  onError(error: unknown): void
}

const wokenBy = (hold: Hold, kind: HoldDecisionKind): Woken => ({
  isAsked: kind === 'probe',
  isOverruled: overruled(hold, kind) !== null,
})

/** Carries out what people decide about holds, one after another for each, and ends pauses when their time has come. */
export function createHoldDesk(ports: Ports) {
  const { book, store, clock, ids } = ports
  const ends = new Map<HoldId, () => void>()

  const release = async (id: HoldId): Promise<void> => {
    const runs = await store.countHeldBy(id)
    const now = clock.now()
    const changed = await book.change(id, (hold) =>
      hold.status === 'open' ? releasing(hold, { by: ENGINE, runs, now }) : null,
    )
    if (changed) ports.nudge(id)
  }

  const endInTime = (hold: Hold): void => {
    if (hold.until === null || hold.status !== 'open') return
    const { id, until } = hold
    ends.get(id)?.()
    const ring = (): void => {
      ends.delete(id)
      // A long time is waited for in several parts.
      if (clock.now() < until) endInTime(hold)
      else release(id).catch(ports.onError)
    }
    ends.set(id, clock.after(until - clock.now(), ring))
  }

  const holds: Holds = {
    standing: (team) => book.standing().filter((hold) => hold.team === team),
    known: (id) => book.standing().find((hold) => hold.id === id) ?? null,
    find: (team, id) => book.find(team, id),
    waiting: (id) => store.countHeldBy(id),
    health: () => ports.health(),
    async pause({ team, scope, by, reason, until }) {
      const beginning = { id: ids.hold(), team, scope, now: clock.now() }
      const { kind, hold } = await book.open(newPause(beginning, { by, reason, until }))
      if (kind === 'stands') return { kind: 'too-late', hold, by: null }
      endInTime(hold)
      ports.onOpened(hold)
      return { kind: 'done', hold }
    },
    async decide({ team, hold: id, kind, by, reason }) {
      const before = await book.find(team, id)
      if (!before) return { kind: 'no-such-hold' }
      const runs = await store.countHeldBy(id)
      const attempt = ids.attempt()
      const hold = await book.change(id, (each, entry) =>
        decideHold(each, { kind, by, reason }, { now: clock.now(), entry, attempt, runs }),
      )
      if (!hold) {
        const now = (await book.find(team, id)) ?? before
        return { kind: 'too-late', hold: now, by: now.decisions.at(-1) ?? null }
      }
      ports.nudge(id)
      if (hold.scope.of === 'service') ports.wake(hold.scope.service, wokenBy(hold, kind))
      if (kind === 'escalate' && hold.kind === 'incident') ports.openTicket(hold)
      return { kind: 'done', hold }
    },
  }

  return {
    holds,
    /** A look at the service of an incident came to something: when it answers, what was held goes on. */
    async onProbed(hold: HoldOf<'incident'>, looked: Exclude<Looked, { kind: 'not-asked' }>): Promise<void> {
      const answered = looked.kind !== 'fails'
      const said = looked.kind === 'answers' ? null : looked.failure.message
      const retryAfterMs = looked.kind === 'fails' ? (looked.retryAfterMs ?? 0) : 0
      const runs = await store.countHeldBy(hold.id)
      const now = clock.now()
      const changed = await book.change(hold.id, (each) => {
        if (each.kind !== 'incident' || each.status !== 'open') return null
        const next = probed(each, { answered, said, now, retryAfterMs })
        return answered ? releasing(next, { by: ENGINE, runs, now }) : { hold: next, entry: null, urgent: false }
      })
      if (changed?.status === 'releasing') ports.nudge(hold.id)
    },
    /** Takes up the holds that a restart found open. */
    start(): void {
      for (const hold of book.standing()) {
        endInTime(hold)
        ports.onOpened(hold)
        ports.nudge(hold.id)
        if (hold.kind === 'incident' && hold.escalation?.status === 'opening') ports.openTicket(hold)
      }
    },
    stop(): void {
      for (const cancel of ends.values()) cancel()
    },
  }
}
