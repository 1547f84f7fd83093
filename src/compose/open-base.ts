import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import { openSqliteStore } from '../../db/sqlite/sqlite-store.ts'
import type { Store } from '../../db/store.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { readEndpoints } from '../connectors/index.ts'
import type { MissingSetting } from '../connectors/read-settings.ts'
import { createIds, type Ids } from '../domain/ids.ts'
import type { Endpoint } from '../domain/operation.ts'
import { readHookSecrets } from '../ingress/hook-secrets.ts'
import { type AuditReader, createAuditReader } from '../ledger/create-audit-reader.ts'
import { createLedger } from '../ledger/create-ledger.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type MakePacket, packetInThread } from '../ledger/packet/packet-in-thread.ts'
import { type VerifyLedger, verifyInThread } from '../ledger/verify/verify-in-thread.ts'
import { createLog, type Log } from '../log.ts'
import { readSecondPath, type SecondPathSettings } from '../second-path/read-second-path.ts'
import { createSubjectKeys } from '../secrets/create-subject-keys.ts'
import { loadMasterKey, type MasterKey } from '../secrets/master-key.ts'
import { createRedactor, type Redactor } from '../secrets/redact.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import { UNKNOWN_TEAM } from '../slack/identify.ts'
import { watchStore } from '../watchdog/watch-store.ts'
import { endAtOnce } from './end-at-once.ts'

/** What needs nothing but the disk and the settings. */
export interface Base {
  clock: Clock
  ids: Ids
  log: Log
  store: Store
  /** What went wrong with the last commit; null when it was written. */
  databaseTrouble(): string | null
  /** Changes committed since the start. */
  commits(): number
  keys: SubjectKeys
  ledger: Ledger
  redactor: Redactor
  audit: AuditReader
  packets: MakePacket
  verify: VerifyLedger
  endpoints: Endpoint[]
  secondPath: SecondPathSettings
  /** What the senders of webhooks sign with, by variable. */
  hookSecrets: ReadonlyMap<string, readonly string[]>
  missing: MissingSetting[]
  unlock(): void
}

/** Opens the data folder, which nobody else works on from then on. Throws PersonNeeded. */
export async function openBase(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Promise<Base> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 })
  const unlock = lockDataFolder(config.dataFolder, `process ${process.pid}`)
  const inData = (name: string): string => join(config.dataFolder, name)
  const paths = { db: inData('purser.db'), keys: inData('keys.db') }
  const masterKey = loadMasterKey({
    environment: config.masterKey ?? undefined,
    file: inData('master.key'),
    keysPath: paths.keys,
  })
  const read = readEndpoints({ GUSTO_GRANT_FILE: inData('gusto-grant.json'), ...env }, clock.now)
  const secondPath = readSecondPath(env)
  const hookSecrets = readHookSecrets(env)
  const tokens = [
    ...config.apiClients.map(({ token }) => token),
    ...(config.metricsToken === null ? [] : [config.metricsToken]),
  ]
  const doorSecrets = [...[...hookSecrets.values()].flat(), ...tokens]
  const endpoints = [...read.endpoints, ...secondPath.endpoints]
  const missing = [...read.missing, ...secondPath.missing]
  const redactor = createRedactor({ secrets: () => [...secretsOf(config, masterKey, endpoints), ...doorSecrets] })
  const log = createLog({ level: config.logLevel, clock, scrubText: redactor.scrubText })
  const onDiskFailure = (error: unknown): never => endAtOnce(log, error)
  const watched = watchStore(openSqliteStore({ path: paths.db, onDiskFailure }))
  const { store } = watched
  const keys = createSubjectKeys({ path: paths.keys, masterKey: masterKey.key, clock, onDiskFailure })
  const ids = createIds({ now: clock.now, randomBytes })
  const ledger = createLedger({ keys, store, clock, scrubText: redactor.scrubText })
  const audit = createAuditReader({ dbPath: paths.db, keysPath: paths.keys, masterKey: masterKey.key, clock })
  const packets = packetInThread({ dataFolder: config.dataFolder, masterKey: masterKey.key })
  const verify = verifyInThread(config)
  await keys.ensure([UNKNOWN_TEAM])
  const reads = { audit, packets, verify }
  return {
    clock,
    ids,
    log,
    store,
    databaseTrouble: watched.trouble,
    commits: watched.commits,
    keys,
    ledger,
    redactor,
    ...reads,
    endpoints,
    secondPath,
    hookSecrets,
    missing,
    unlock,
  }
}

const secretsOf = (config: Config, masterKey: MasterKey, endpoints: readonly Endpoint[]): string[] => [
  config.slack.botToken,
  config.slack.connection.mode === 'http' ? config.slack.connection.signingSecret : config.slack.connection.appToken,
  masterKey.text,
  ...mailPassword(config),
  ...endpoints.flatMap((endpoint) => endpoint.secrets()),
]

function mailPassword({ mail }: Config): string[] {
  const password = mail === null ? '' : decodeURIComponent(new URL(mail.url).password)
  return password === '' ? [] : [password]
}
