import type { Store, StoredRun } from '../../db/store.ts'
import type { CallSummary } from '../../src/domain/call-summary.ts'
import { RetryLater } from '../../src/domain/errors.ts'
import { StepKey } from '../../src/domain/ids.ts'
import type { Endpoint, Operation } from '../../src/domain/operation.ts'
import type { StepFailure } from '../../src/domain/run.ts'
import { createEgress } from '../../src/egress/create-egress.ts'
import { createHttpClient } from '../../src/egress/http-client.ts'
import type { CallScope } from '../../src/egress/scope.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import { createLeapingClock } from '../support/leaping-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { memoryStore } from '../support/test-store.ts'
import type { Named } from './operations.ts'
import { startVendor } from './vendor.ts'

const STEP = StepKey.parse('make-thing')
const BUDGET = { tries: 4, withinMs: 90_000, firstDelayMs: 1_000 }

/** The real egress over a vendor on this machine and a store in memory; its clock leaps where others wait. */
export async function openEgress(options: { endpoint?: Partial<Endpoint> } = {}) {
  const vendor = await startVendor()
  const clock = createLeapingClock()
  const ids = testIds(clock)
  const sample = sampleChanges(clock, ids)
  const opened = memoryStore()
  let diskFullFor = 0
  const commit: Store['commit'] = async (change) => {
    if (diskFullFor-- > 0) throw new RetryLater({ code: 'disk-full', message: 'The disk is full.', hint: 'Make room.' })
    return await opened.store.commit(change)
  }
  const store: Store = { ...opened.store, commit }
  let run: StoredRun = sample.run()
  const held = await testKeys(clock, [run.subject])
  const endpoint: Endpoint = {
    service: 'vendor',
    title: 'Vendor',
    baseUrl: vendor.url,
    allowedHosts: [vendor.host],
    lane: { concurrency: 20, perInterval: 1_000, intervalMs: 1_000 },
    settings: {},
    authorize: async ({ headers }) => {
      headers.authorization = 'Bearer swordfish-9'
    },
    secrets: () => ['swordfish-9'],
    ...options.endpoint,
  }
  const ledger = testLedger({ store, keys: held.keys, clock })
  const ports = {
    store,
    ledger,
    redactor: createRedactor({ secrets: () => [...endpoint.secrets()] }),
    http: createHttpClient(),
    clock,
    ids,
    random: () => 0,
  }
  const egress = createEgress({ ...ports, endpoints: [endpoint] })
  await opened.store.commit(sample.start(run))
  const summaries: CallSummary[] = []
  const failing: StepFailure[] = []
  let generations: Record<string, number> = {}

  return {
    vendor,
    clock,
    store: opened.store,
    ledger,
    egress,
    summaries,
    failing,
    fillDisk: (commits: number) => {
      diskFullFor = commits
    },
    calls: () => opened.store.callsOf(run.id),
    /** As a person does who says that what a call would have made is not there. */
    raiseGeneration(call: string) {
      generations = { ...generations, [call]: (generations[call] ?? 0) + 1 }
    },
    /** Takes the attempt away from whoever has it, as a decision or a restart does. */
    async loseAttempt() {
      await opened.store.commit(sample.update({ ...run, attempts: [] }, run.version))
      run = { ...run, attempts: [], version: run.version + 1 }
    },
    /** A new attempt of the step; one that goes on from an earlier one keeps when that began. */
    async attempt(
      how: { startedAt?: number; earlierCalls?: boolean; revised?: boolean; signal?: AbortSignal } = {},
    ): Promise<CallScope> {
      const attempt = ids.attempt()
      await opened.store.commit(sample.update({ ...run, attempts: [attempt] }, run.version))
      run = { ...run, attempts: [attempt], version: run.version + 1 }
      return {
        team: TEAM,
        actor: { kind: 'machine', part: 'engine' },
        subjects: [run.subject],
        urgent: false,
        attempt: {
          run: run.id,
          step: STEP,
          attempt,
          generations,
          startedAt: how.startedAt ?? clock.now(),
          earlierCalls: how.earlierCalls ?? true,
          revised: how.revised ?? false,
        },
        tries: BUDGET,
        ...(how.signal ? { signal: how.signal } : {}),
        onCall: (summary) => summaries.push(summary),
        onFailing: (failure) => failing.push(failure),
      }
    },
    call<O>(scope: CallScope, operation: Operation<Named, O>, name = 'Jane Doe'): Promise<O> {
      return egress.call({ scope, operation, input: { name } })
    },
    async [Symbol.asyncDispose]() {
      await egress.close()
      held[Symbol.dispose]()
      await opened[Symbol.asyncDispose]()
      await vendor[Symbol.asyncDispose]()
    },
  }
}

export type OpenEgress = Awaited<ReturnType<typeof openEgress>>
