import { createSecretKey, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openSqliteStore } from '../../../db/sqlite/sqlite-store.ts'
import type { Change, CommitOutcome, Store } from '../../../db/store.ts'
import type { Clock } from '../../../src/clock.ts'
import { readEndpoints } from '../../../src/connectors/index.ts'
import { createIds } from '../../../src/domain/ids.ts'
import type { HttpResponse } from '../../../src/domain/operation.ts'
import { createEgress } from '../../../src/egress/create-egress.ts'
import type { HttpClient, WireRequest } from '../../../src/egress/http-client.ts'
import type { Egress } from '../../../src/egress/scope.ts'
import { createEngine } from '../../../src/engine/create-engine.ts'
import type { WorkflowDefinition } from '../../../src/engine/define-workflow.ts'
import { createInbox } from '../../../src/engine/inbox/create-inbox.ts'
import type { WatchedService } from '../../../src/engine/watch-services.ts'
import { escalationOpener, openIncidentTicket } from '../../../src/escalation.ts'
import { createLedger } from '../../../src/ledger/create-ledger.ts'
import type { RulesBook } from '../../../src/rules/rules.ts'
import { createSubjectKeys } from '../../../src/secrets/create-subject-keys.ts'
import { createRedactor } from '../../../src/secrets/redact.ts'
import { createDirectory } from '../../../src/slack/directory.ts'
import { drawContext } from '../../../src/slack/handler.ts'
import { createPainter } from '../../../src/slack/painter.ts'
import { createSurface } from '../../../src/slack/surface.ts'
import { sandboxEnvironment } from '../../connectors/open-wire.ts'
import { TEAM } from '../../support/test-ids.ts'

/** Where a test stands between Purser and what it writes and sends. */
export interface Between {
  commit(change: Change, go: () => Promise<CommitOutcome>): Promise<CommitOutcome>
  send(request: WireRequest, go: () => Promise<HttpResponse>): Promise<HttpResponse>
}

export interface PurserOptions {
  /** Of the data; what is in it already is taken up by `recover`. */
  folder: string
  worldUrl: string
  http: HttpClient
  clock: Clock
  workflows: readonly WorkflowDefinition[]
  rules: RulesBook
  between?: Between
  /** These are looked at, also when nothing calls them. */
  watches?: readonly WatchedService[]
  /** The disk failed: told in place of the end of the process. */
  onDiskFailure?(error: unknown): void
  /** Sends every call as if it could be repeated at will: what Purser would be without its classes. */
  unprotected?: boolean
}

const MASTER_KEY = createSecretKey(Buffer.alloc(32, 7))
/** The lanes' clock is the wall's: they must not hold up what lives on another. */
const WIDE = { concurrency: 20, perInterval: 1_000_000, intervalMs: 1 }
const QUICK = { postsPerMinute: 1_000_000, updatesPerMinute: 1_000_000, coalesceMs: 1_000 }

const straight: Between = { commit: (_, go) => go(), send: (_, go) => go() }

/** Engine, ledger, egress and painter over a data folder, as the context puts them together; without Slack's way in. */
export async function openPurser(options: PurserOptions) {
  const { folder, clock, workflows, rules, between = straight, watches = [] } = options
  const errors: unknown[] = []
  const onError = (error: unknown): void => void errors.push(error)
  const onDiskFailure = options.onDiskFailure ?? onError
  const env = { ...sandboxEnvironment({ services: options.worldUrl }), JIRA_INDEX_LAG_SECONDS: '5' }
  const endpoints = readEndpoints(env, clock.now).endpoints.map((endpoint) => ({ ...endpoint, lane: WIDE }))
  const redactor = createRedactor({ secrets: () => endpoints.flatMap((endpoint) => [...endpoint.secrets()]) })
  const opened = openSqliteStore({ path: join(folder, 'purser.db'), onDiskFailure })
  const store: Store = { ...opened, commit: (change) => between.commit(change, () => opened.commit(change)) }
  const keys = createSubjectKeys({ path: join(folder, 'keys.db'), masterKey: MASTER_KEY, clock, onDiskFailure })
  await keys.ensure([TEAM])
  const ids = createIds({ now: clock.now, randomBytes })
  const ledger = createLedger({ keys, store, clock, scrubText: redactor.scrubText })
  const http: HttpClient = {
    send: (request) => between.send(request, () => options.http.send(request)),
    close: async () => undefined,
  }
  const sound = createEgress({ store, ledger, redactor, http, clock, ids, endpoints, random: () => 0.5 })
  const egress = options.unprotected ? withoutClasses(sound) : sound
  const directory = createDirectory({ egress, clock, groups: () => rules.current().groups })
  const services = new Map(endpoints.map(({ service, title }) => [service, title]))
  const base = { store, ledger, egress, keys, rules, workflows, clock, ids, onError }
  const engine = createEngine({
    ...base,
    ...(watches.length > 0 ? { watched: { team: TEAM, services: watches, openTicket: openIncidentTicket } } : {}),
    configured: new Set(services.keys()),
    openTicket: escalationOpener({ name: directory.nameOf, service: (name) => services.get(name) ?? name }),
    onStale: () => painter.nudge(),
    onAwaiting: (begun) => inbox.onAwaiting(begun),
  })
  const inbox = createInbox({ ...base, engine })
  const painter = createPainter({
    ...base,
    engine,
    directory,
    surface: createSurface(egress),
    limits: QUICK,
    context: () => drawContext({ directory, clock, services }),
  })
  return {
    engine,
    painter,
    inbox,
    store: opened,
    errors,
    /** What a start does with what its predecessor left; `post`: with what comes from outside, too. */
    async takeUp({ post }: { post: boolean }) {
      await engine.recover()
      await painter.start()
      if (post) await inbox.start()
    },
    /** Lets go of its files, in whatever it is; nothing of it reaches the disk any more. */
    async drop() {
      await opened.close()
      keys.close()
    },
  }
}

export type OpenPurser = Awaited<ReturnType<typeof openPurser>>

const withoutClasses = (egress: Egress): Egress => ({
  call: (call) => egress.call({ ...call, operation: { ...call.operation, class: 'U' } as typeof call.operation }),
})
