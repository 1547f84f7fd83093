import type { TeamId } from '../domain/ids.ts'
import type { Run } from '../domain/run.ts'
import { createBrake } from './brake-starts.ts'
import type { EngineOptions } from './create-engine.ts'
import type { StartAnswer } from './decisions.ts'
import type { FreshRun, RunEvent } from './events.ts'
import { createIncidentFinder } from './find-incidents.ts'
import { createHoldBook } from './hold-book.ts'
import { createHoldDesk } from './hold-desk.ts'
import { createIncidentTickets, type OpenIncidentTicket } from './incident-ticket.ts'
import type { LiveRuns } from './live-runs.ts'
import { createReleaser } from './release-held.ts'
import { createHoldTeller } from './tell-of-holds.ts'
import { createServiceWatch, type WatchedService } from './watch-services.ts'

/** The team whose services are looked at, and how a ticket about an incident is opened; absent: neither is done. */
export interface Watched {
  team: TeamId
  services: readonly WatchedService[]
  openTicket: OpenIncidentTicket
}

/** Everything that holds runs back and lets them go on: pauses, incidents with their looks, and the brake on starts. */
export function keepHolds(options: EngineOptions, post: LiveRuns['post']) {
  const { store, rules, watched } = options
  const book = createHoldBook(options)
  const brake = createBrake({ ...options, book })
  const teller = createHoldTeller({ ...options, post })
  const releaser = createReleaser({ ...options, book, post })
  const finder = createIncidentFinder({
    ...options,
    book,
    post,
    onOpened(hold) {
      teller.opened(hold)
      if (hold.scope.of === 'service') watch?.wake(hold.scope.service, { isAsked: false, isOverruled: false })
    },
  })
  const tickets =
    watched &&
    createIncidentTickets({ ...options, book, open: watched.openTicket, waiting: (id) => store.countHeldBy(id) })
  const desk = createHoldDesk({
    ...options,
    book,
    nudge: (id) => releaser.nudge(id),
    onOpened: (hold) => teller.opened(hold),
    wake: (service, how) => watch?.wake(service, how),
    openTicket: (hold) => tickets?.(hold),
    health: () => watch?.health() ?? [],
  })
  const watch =
    watched &&
    createServiceWatch({
      ...options,
      team: watched.team,
      services: watched.services,
      everyMs: () => rules.current().incidents.probeEveryMs,
      incidentOf: (service) => finder.incidentOf(watched.team, service),
      onDown: (service, failure) => finder.serviceIsDown(watched.team, service, failure),
      onProbed: (hold, looked) => desk.onProbed(hold, looked),
      async onAnswered(service) {
        const looks = { kind: 'answered', team: watched.team, service } as const
        await store.commit({ at: options.clock.now(), entries: [], looks })
      },
    })

  return {
    holds: desk.holds,
    standing: () => book.standing(),
    cardsOf: book.cardsOf,
    /** Begins a run, behind the brake when more are started than is usual. */
    async begin(fresh: FreshRun, begin: LiveRuns['begin']): Promise<StartAnswer> {
      const { team, workflow } = fresh.run
      const held = await brake.beforeStart(team, workflow)
      const answer = await begin({ ...fresh, brake: held })
      if (answer.kind !== 'started') brake.notStarted(team, workflow)
      return answer
    },
    /** Told of what happened to a run, once it is on disk. */
    onChanged(run: Run, events: readonly RunEvent[]): void {
      finder.onChanged(run, events)
      for (const event of events) {
        if (event.kind !== 'attempt-succeeded') continue
        for (const { service, outcome } of event.calls) if (outcome === 'done') watch?.worked(service)
      }
    },
    /** Reads the holds that are not closed; before any run goes on. */
    load: () => book.load(),
    /** Takes up what the last process left. */
    async start(): Promise<void> {
      if (watched) await finder.start([watched.team])
      desk.start()
      if (watched) watch?.start(await store.overruledLooks(watched.team))
    },
    stop(): void {
      watch?.stop()
      desk.stop()
      finder.stop()
      releaser.stop()
      teller.stop()
    },
  }
}
