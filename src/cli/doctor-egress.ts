import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import type { Clock } from '../clock.ts'
import { createIds } from '../domain/ids.ts'
import type { BoundCall, Endpoint } from '../domain/operation.ts'
import { createEgress } from '../egress/create-egress.ts'
import { createHttpClient, type HttpClient } from '../egress/http-client.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import { createSubjectKeys } from '../secrets/create-subject-keys.ts'
import { loadMasterKey } from '../secrets/master-key.ts'
import { createRedactor } from '../secrets/redact.ts'
import { UNKNOWN_TEAM } from '../slack/identify.ts'

/** What a service's last answer said beside its body. */
export interface Overheard {
  headers: Readonly<Record<string, string>>
  /** Milliseconds by which our clock is ahead of the service's; null when the answer named no time. */
  aheadMs: number | null
}

export interface DoctorEgress {
  call: BoundCall
  /** By the origin that answered. */
  overheard: ReadonlyMap<string, Overheard>
  close(): Promise<void>
}

/**
 * The way out for the doctor's reads: Purser's egress, with its hosts and its redaction, over a record that is thrown
 * away: Purser's own belongs to the process that runs, and there may be none yet.
 */
export async function openDoctorEgress(endpoints: readonly Endpoint[], clock: Clock): Promise<DoctorEgress> {
  const folder = mkdtempSync(join(tmpdir(), 'purser-doctor-'))
  const keysPath = join(folder, 'keys.db')
  const masterKey = loadMasterKey({ environment: undefined, file: join(folder, 'master.key'), keysPath })
  const keys = createSubjectKeys({ path: keysPath, masterKey: masterKey.key, clock })
  const store = openSqliteStore({
    path: join(folder, 'purser.db'),
    onDiskFailure(error) {
      throw error
    },
  })
  const redactor = createRedactor({ secrets: () => endpoints.flatMap((endpoint) => endpoint.secrets()) })
  const overheard = new Map<string, Overheard>()
  const egress = createEgress({
    store,
    ledger: createLedger({ keys, store, clock, scrubText: redactor.scrubText }),
    redactor,
    http: overhearing(createHttpClient(clock), { clock, overheard }),
    clock,
    ids: createIds({ now: clock.now, randomBytes }),
    endpoints,
    random: Math.random,
  })
  await keys.ensure([UNKNOWN_TEAM])
  return {
    overheard,
    call: (operation, input, item) =>
      egress.call({
        operation,
        input,
        ...(item === undefined ? {} : { item }),
        scope: {
          team: UNKNOWN_TEAM,
          actor: { kind: 'machine', part: 'start' },
          subjects: [],
          urgent: true,
          tries: { tries: 2, withinMs: 20_000, firstDelayMs: 500 },
        },
      }),
    async close() {
      await egress.close()
      await store.close()
      keys.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function overhearing(
  http: HttpClient,
  { clock, overheard }: { clock: Clock; overheard: Map<string, Overheard> },
): HttpClient {
  return {
    async send(request) {
      const sentAt = clock.now()
      const answer = await http.send(request)
      const theirs = Date.parse(answer.headers.date ?? '')
      // Between sending and hearing; the header counts whole seconds, so half of one is added.
      const ours = (sentAt + clock.now()) / 2
      const aheadMs = Number.isNaN(theirs) ? null : ours - theirs - 500
      overheard.set(request.url.origin, { headers: answer.headers, aheadMs })
      return answer
    },
    close: () => http.close(),
  }
}
