import { join } from 'node:path'
import type { Store, StoredRun } from '../../../db/store.ts'
import { readEndpoints } from '../../../src/connectors/index.ts'
import type { EntryCore } from '../../../src/domain/entry.ts'
import { PurserError, RetryLater } from '../../../src/domain/errors.ts'
import { StepKey } from '../../../src/domain/ids.ts'
import { createEgress } from '../../../src/egress/create-egress.ts'
import type { HttpClient } from '../../../src/egress/http-client.ts'
import type { CallScope, Egress } from '../../../src/egress/scope.ts'
import { SANDBOX_ACCESS } from '../../../src/sandbox/services/tokens.ts'
import { createRedactor } from '../../../src/secrets/redact.ts'
import { sandboxEnvironment } from '../../connectors/open-wire.ts'
import { createLeapingClock } from '../../support/leaping-clock.ts'
import { sampleChanges } from '../../support/sample-changes.ts'
import { quickFolder } from '../../support/temp-folder.ts'
import { TEAM, testIds } from '../../support/test-ids.ts'
import { testKeys } from '../../support/test-keys.ts'
import { testLedger } from '../../support/test-ledger.ts'
import { memoryStore } from '../../support/test-store.ts'
import { createMemoryWorld, WORLD_URL } from '../support/memory-world.ts'
import type { Deed } from './deeds.ts'
import type { Fault } from './faults.ts'

export type End = 'done' | 'unknown' | 'failed'

/** A request as it left. */
interface Sent {
  operation: string
  at: number
  /** By which of the strikes. */
  struck: number | null
  /** Which attempt it belongs to, from 0. */
  attempt: number
}

export interface DeedReport {
  /** What the attempts came to, one after the other. */
  ends: End[]
  sent: Sent[]
  /** How often each strike hit. */
  fired: number[]
  /** What the services made. */
  made: string[]
  messageKeys: string[]
  calls: EntryCore[]
  /** Requests whose intent was not on disk. */
  unannounced: number
}

export interface Strike {
  operation: string
  fault: Fault
  times: number
}

const [DONE, UNDONE] = [StepKey.parse('deed'), StepKey.parse('deed~undo')]
const BUDGET = { tries: 4, withinMs: 90_000, firstDelayMs: 1_000 }
const BACK_OFF_MS = 60_000
const MOST_ATTEMPTS = 6

/** Does a deed as the engine would, attempt after attempt, with people who look again at what is unknown. */
export async function doDeed(deed: Deed, strikes: readonly Strike[], how: { unprotected?: boolean } = {}) {
  const clock = createLeapingClock()
  const ids = testIds(clock)
  const sample = sampleChanges(clock, ids)
  await using opened = memoryStore()
  let run: StoredRun = sample.run()
  using held = await testKeys(clock, [run.subject, TEAM])
  const world = createMemoryWorld({ now: clock.now })
  const report: DeedReport = {
    ends: [],
    sent: [],
    fired: strikes.map(() => 0),
    made: [],
    messageKeys: [],
    calls: [],
    unannounced: 0,
  }

  let operation = ''
  let intents = 0
  const store: Store = {
    ...opened.store,
    async commit(change) {
      const outcome = await opened.store.commit(change)
      for (const { core } of outcome.kind === 'committed' ? change.entries : []) {
        if (core.kind !== 'call.intended') continue
        operation = `${core.service} ${core.operation}`
        intents += 1
      }
      return outcome
    },
  }
  const http: HttpClient = {
    async send(request) {
      const hit = strikes.findIndex((each, at) => each.operation === operation && (report.fired[at] ?? 0) < each.times)
      const strike = strikes[hit]
      report.sent.push({ operation, at: clock.now(), struck: strike ? hit : null, attempt: report.ends.length })
      if (report.sent.length > intents) report.unannounced += 1
      if (!strike) return await world.http.send(request)
      report.fired[hit] = (report.fired[hit] ?? 0) + 1
      return await strike.fault.strike(() => world.http.send(request), clock.now())
    },
    close: async () => undefined,
  }
  using folder = quickFolder()
  const { endpoints } = readEndpoints(environmentOf(deed, folder.path), clock.now)
  const redactor = createRedactor({ secrets: () => [] })
  const ledger = testLedger({ store, keys: held.keys, clock })
  const egress = createEgress({ store, ledger, redactor, http, clock, ids, endpoints, random: () => 0 })
  await opened.store.commit(sample.start(run))

  const attempt = async (step: StepKey, earlierCalls: boolean): Promise<CallScope> => {
    const id = ids.attempt()
    await opened.store.commit(sample.update({ ...run, attempts: [id] }, run.version))
    run = { ...run, attempts: [id], version: run.version + 1 }
    return {
      team: TEAM,
      actor: { kind: 'machine', part: 'engine' },
      subjects: [run.subject],
      urgent: false,
      attempt: { run: run.id, step, attempt: id, generations: {}, startedAt: clock.now(), earlierCalls },
      tries: BUDGET,
    }
  }
  const carryOut = async (step: StepKey, work: Deed['do']): Promise<void> => {
    for (let number = 0; number < MOST_ATTEMPTS; number++) {
      const scope = await attempt(step, number > 0)
      const bound = how.unprotected ? withoutClasses(egress) : egress
      try {
        await work((op, input, item) => bound.call({ scope, operation: op, input, ...(item ? { item } : {}) }), world)
        report.ends.push('done')
        return
      } catch (error) {
        if (!(error instanceof PurserError)) throw error
        report.ends.push(error.consequence === 'unknown' ? 'unknown' : 'failed')
        const asked = error instanceof RetryLater ? (error.retryAfterMs ?? 0) : 0
        clock.leap(Math.max(BACK_OFF_MS, asked))
      }
    }
  }
  await carryOut(DONE, deed.do)
  if (deed.undo && report.ends.at(-1) === 'done') await carryOut(UNDONE, deed.undo)
  report.made = world.effects.filter(isOnce).map(({ service, kind, key }) => `${service} ${kind} ${keyOf(kind, key)}`)
  report.messageKeys = world.slack.keys()
  report.calls = (await opened.store.callsOf(run.id)).map(({ core }) => core)
  return report
}

function environmentOf({ refreshed }: Deed, folder: string): Record<string, string> {
  const { GUSTO_API_TOKEN, ...env } = sandboxEnvironment({ services: WORLD_URL })
  const { clientId, clientSecret, refreshToken } = SANDBOX_ACCESS.gusto
  const grant = {
    GUSTO_CLIENT_ID: clientId,
    GUSTO_CLIENT_SECRET: clientSecret,
    GUSTO_REFRESH_TOKEN: refreshToken,
    GUSTO_GRANT_FILE: join(folder, 'grant.json'),
  }
  return { ...env, ...(refreshed ? grant : { GUSTO_API_TOKEN: GUSTO_API_TOKEN ?? '' }), JIRA_INDEX_LAG_SECONDS: '5' }
}

/** A window is opened by a click; each attempt of the deed is another. */
const EACH_TIME = ['home.published', 'channel.joined', 'view.opened', 'view.pushed']

/** What may be there once only; what is set to what it is already may be set again. */
const isOnce = ({ kind }: { kind: string }): boolean =>
  !kind.endsWith('.updated') && !kind.startsWith('message.') && !EACH_TIME.includes(kind)

/** The last part of these keys is made anew each time. */
const keyOf = (kind: string, key: string): string =>
  kind === 'ephemeral.posted' || kind === 'issue.created' ? 'the same' : key

const withoutClasses = (egress: Egress): Egress => ({
  call: (call) => egress.call({ ...call, operation: { ...call.operation, class: 'U' } as typeof call.operation }),
})
