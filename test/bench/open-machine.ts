import { createSecretKey, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import type { Store, StoredRun } from '../../db/store.ts'
import { systemClock } from '../../src/clock.ts'
import { createIds } from '../../src/domain/ids.ts'
import type { RetryPolicy } from '../../src/domain/policy.ts'
import { createEgress } from '../../src/egress/create-egress.ts'
import { createHttpClient } from '../../src/egress/http-client.ts'
import { createEngine } from '../../src/engine/create-engine.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { bookOf, testRules } from '../support/test-rules.ts'
import { benchWorkflow } from './bench-workflow.ts'

interface Machine {
  folder: string
  vendorsUrl: string
  policy?: Partial<RetryPolicy>
}

/** The real engine, store, ledger, keys and egress in this process, as the context puts them together; without Slack. */
export async function openMachine({ folder, vendorsUrl, policy = {} }: Machine) {
  const clock = systemClock
  const ids = createIds({ now: clock.now, randomBytes })
  const { definition, endpoints, services } = benchWorkflow(vendorsUrl)
  const opened = openSqliteStore({ path: join(folder, 'purser.db'), onDiskFailure: fail })
  const ends = new Map<string, () => void>()
  const store: Store = {
    ...opened,
    async commit(change) {
      const outcome = await opened.commit(change)
      if (change.run && change.run.run.endedAt !== null) ends.get(change.run.run.id)?.()
      return outcome
    },
  }
  const keys = createSubjectKeys({
    path: join(folder, 'keys.db'),
    masterKey: createSecretKey(Buffer.alloc(32, 7)),
    clock,
  })
  await keys.ensure([TEAM])
  const redactor = createRedactor({ secrets: () => endpoints.flatMap((endpoint) => endpoint.secrets()) })
  const ledger = createLedger({ keys, store, clock, scrubText: redactor.scrubText })
  const http = createHttpClient()
  const egress = createEgress({ store, ledger, redactor, http, clock, ids, endpoints, random: Math.random })
  const engine = createEngine({
    store,
    ledger,
    egress,
    keys,
    rules: bookOf(testRules({ policy })),
    workflows: [definition],
    configured: new Set(services),
    openTicket: () => Promise.reject(new Error('no tickets here')),
    clock,
    ids,
    onStale: () => undefined,
    onError: fail,
  })
  return {
    engine,
    ledger,
    store: opened,
    keys,
    ids,
    /** Starts a run; resolves when it is on disk. */
    async start(number: number): Promise<string> {
      const input = { email: `person-${number}@acme.example`, name: `Person ${number}` }
      const answer = await engine.start({ team: TEAM, workflow: 'bench', input, actor: JANE, startKey: `V${number}` })
      if (answer.kind !== 'started') throw new Error(`not started: ${JSON.stringify(answer)}`)
      return answer.run.id
    },
    /** Starts a run and waits for its end. */
    async carryThrough(number: number): Promise<void> {
      const id = await this.start(number)
      await new Promise<void>((resolve) => ends.set(id, resolve))
      ends.delete(id)
    },
    /** Resolves when nothing is being carried out: what is left waits for a time. */
    async settled(): Promise<void> {
      const busy = (): Promise<boolean> => opened.runs({ team: TEAM, statuses: ['running'] }, 100_000).then(anyBusy)
      while (await busy()) await clock.sleep(200)
    },
    async close() {
      await engine.stop()
      await egress.close()
      await store.close()
      keys.close()
    },
  }
}

const anyBusy = (runs: readonly StoredRun[]): boolean => runs.some(({ attempts }) => attempts.length > 0)

function fail(error: unknown): never {
  throw error instanceof Error ? error : new Error(String(error))
}
