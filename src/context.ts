import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { lockDataFolder } from '../db/sqlite/process-lock.ts'
import { openSqliteStore } from '../db/sqlite/sqlite-store.ts'
import type { Store } from '../db/store.ts'
import { handlers } from '../handlers/index.ts'
import { takeUpClicks } from '../handlers/take-up-clicks.ts'
import { workflows } from '../workflows/index.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import { readEndpoints } from './connectors/index.ts'
import type { MissingSetting } from './connectors/read-settings.ts'
import { actorText } from './domain/actor.ts'
import { createIds, type Ids, type TeamId } from './domain/ids.ts'
import type { Endpoint } from './domain/operation.ts'
import { createEgress } from './egress/create-egress.ts'
import { createHttpClient } from './egress/http-client.ts'
import { createEngine, type RunningEngine } from './engine/create-engine.ts'
import { createPauseGate, type PauseGate, pausedInWords } from './engine/pause.ts'
import { forgottenSince } from './engine/restored.ts'
import { escalationOpener } from './escalation.ts'
import type { Anchor } from './ledger/anchor.ts'
import { fileAnchor } from './ledger/anchor-file.ts'
import { loadSigningKey } from './ledger/checkpoint-key.ts'
import { type AuditReader, createAuditReader } from './ledger/create-audit-reader.ts'
import { createLedger } from './ledger/create-ledger.ts'
import type { Ledger } from './ledger/ledger.ts'
import { archiveInThread } from './ledger/retention/archive-in-thread.ts'
import { type Archivist, createArchivist } from './ledger/retention/create-archivist.ts'
import { SEGMENTS } from './ledger/retention/segment-file.ts'
import { createSealer, type Sealer } from './ledger/seal/create-sealer.ts'
import { readInThread } from './ledger/seal/read-in-thread.ts'
import { createLog, type Log } from './log.ts'
import { problemsInWords } from './rules/load.ts'
import { createRulesBook, type LiveRulesBook } from './rules/rules-book.ts'
import { rulesFrame } from './rules-frame.ts'
import { createSubjectKeys } from './secrets/create-subject-keys.ts'
import { loadMasterKey, type MasterKey } from './secrets/master-key.ts'
import { createRedactor, type Redactor } from './secrets/redact.ts'
import type { SubjectKeys } from './secrets/subject-keys.ts'
import { slackAnchor } from './slack/anchor-checkpoints.ts'
import { createSlackApp, type SlackApp } from './slack/app.ts'
import { createDirectory } from './slack/directory.ts'
import { drawContext, type HandlerPorts } from './slack/handler.ts'
import { identify, UNKNOWN_TEAM } from './slack/identify.ts'
import { SLACK_PAINT_LIMITS } from './slack/paint-rates.ts'
import { createPainter, type Painter } from './slack/painter.ts'
import { slackFetch } from './slack/slack-fetch.ts'
import { createSurface } from './slack/surface.ts'

/** Everything that runs, put together once. */
export interface Context {
  log: Log
  store: Store
  engine: RunningEngine
  painter: Painter
  sealer: Sealer
  archivist: Archivist
  slack: SlackApp
  pause: PauseGate
  /** Carries out what was acknowledged and not done before the last process ended; answers with how many. */
  takeUpClicks(): Promise<number>
  /** Enters in the ledger that Purser began, and how many attempts its predecessor left. */
  enterStart(attempts: number): Promise<void>
  /** Settings of services that are not configured. */
  missing: readonly MissingSetting[]
  /** Lets go of everything, in the order in which it can. */
  close(): Promise<void>
}

interface Base {
  clock: Clock
  ids: Ids
  log: Log
  store: Store
  keys: SubjectKeys
  ledger: Ledger
  redactor: Redactor
  audit: AuditReader
  endpoints: Endpoint[]
  missing: MissingSetting[]
  unlock(): void
}

export async function createContext(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Promise<Context> {
  const startedAt = clock.now()
  const base = await openBase(config, env, clock)
  const { store, keys, ledger, redactor, ids, log, endpoints } = base
  const http = createHttpClient()
  const egress = createEgress({
    ...{ store, ledger, redactor, http, clock, ids, endpoints, random: Math.random },
    forgottenSince: forgottenSince(config.dataFolder),
  })
  const team = await identify({ egress, keys, log })
  const rules = await openRules(config, base, team)
  const onError = (error: unknown): void => log.error('something went wrong beside a run', { err: error })

  const pause = createPauseGate({
    dataFolder: config.dataFolder,
    clock,
    onLifted: () => log.info('the pause was lifted: what was held goes on'),
    onError,
  })
  const services = new Map(
    workflows.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses)).map((c) => [c.service, c.title]),
  )
  const directory = createDirectory({ egress, clock, groups: () => rules.current().groups })
  const context = () => drawContext({ directory, clock, services })
  const engine = createEngine({
    ...base,
    egress,
    rules,
    workflows,
    configured: new Set(endpoints.map((endpoint) => endpoint.service)),
    openTicket: escalationOpener({ name: directory.nameOf, service: (name) => services.get(name) ?? name }),
    paused: () => {
      const held = pause.current()
      return held && pausedInWords(held)
    },
    onStale: () => painter.nudge(),
    onError,
  })
  const surface = createSurface(egress)
  const ports: HandlerPorts = { ...base, engine, rules, directory, surface, workflows, services }
  const painter = createPainter({ ...ports, limits: paintLimits(config), context, onError })
  const { connection, botToken } = config.slack
  const slack = createSlackApp({
    connection:
      connection.mode === 'http'
        ? connection
        : { ...connection, fetch: slackFetch(egress, { team, appToken: connection.appToken }) },
    botToken,
    handlers,
    ports,
    keys,
    log,
  })
  const anchor = slackAnchor({ egress, team, clock, channel: () => rules.current().ledgerChannel })
  const sealer = await openSealer(config, base, { team, anchor })
  const archivist = createArchivist({
    ...{ store, ledger, ids, clock, team, onError },
    folder: join(config.dataFolder, SEGMENTS),
    archive: archiveInThread(join(config.dataFolder, 'purser.db')),
    keepDays: () => rules.current().ledgerDays,
  })

  return {
    log,
    store,
    engine,
    painter,
    sealer,
    archivist,
    slack,
    pause,
    takeUpClicks: () => takeUpClicks(ports, { team, before: startedAt }),
    enterStart: (attempts) =>
      base.ledger.record([
        {
          id: base.ids.entry(),
          at: clock.now(),
          team,
          kind: 'purser.started',
          actor: actorText({ kind: 'machine', part: 'start' }),
          subjects: [],
          facts: { attempts, rules: rules.current().version },
        },
      ]),
    missing: base.missing,
    async close() {
      pause.stop()
      await slack.stop()
      await engine.stop()
      await painter.stop()
      await archivist.stop()
      await sealer.stop()
      await rules.close()
      await egress.close()
      await base.audit.close()
      await store.close()
      keys.close()
      base.unlock()
    },
  }
}

/** What needs nothing but the disk and the settings. */
async function openBase(
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
  const { endpoints, missing } = readEndpoints({ GUSTO_GRANT_FILE: inData('gusto-grant.json'), ...env }, clock.now)
  const redactor = createRedactor({ secrets: () => secretsOf(config, masterKey, endpoints) })
  const log = createLog({ level: config.logLevel, clock, scrubText: redactor.scrubText })
  const store = openSqliteStore({ path: paths.db, onDiskFailure: (error) => endAtOnce(log, error) })
  const keys = createSubjectKeys({ path: paths.keys, masterKey: masterKey.key, clock })
  const ids = createIds({ now: clock.now, randomBytes })
  const ledger = createLedger({ keys, store, clock, scrubText: redactor.scrubText })
  const audit = createAuditReader({ dbPath: paths.db, keysPath: paths.keys, masterKey: masterKey.key, clock })
  await keys.ensure([UNKNOWN_TEAM])
  return { clock, ids, log, store, keys, ledger, redactor, audit, endpoints, missing, unlock }
}

const secretsOf = (config: Config, masterKey: MasterKey, endpoints: readonly Endpoint[]): string[] => [
  config.slack.botToken,
  config.slack.connection.mode === 'http' ? config.slack.connection.signingSecret : config.slack.connection.appToken,
  masterKey.text,
  ...endpoints.flatMap((endpoint) => endpoint.secrets()),
]

/** The disk did not say whether a commit is on it. The next start reads what is true. */
function endAtOnce(log: Log, error: unknown): never {
  log.error('the disk failed; Purser ends, and goes on from what is on disk when it is started again', { err: error })
  process.exit(75)
}

/** Checkpoints go to Slack and to a file: best one on another disk, that this host can only append to. */
async function openSealer(config: Config, base: Base, to: { team: TeamId; anchor: Anchor }): Promise<Sealer> {
  const key = loadSigningKey(join(config.dataFolder, 'ledger.key'))
  if (key.isNew && (await base.store.latestCheckpoint())) {
    base.log.warn('the key of the ledger was gone: checkpoints are signed by a new one; verify older ones with the old')
  }
  return createSealer({
    ...base,
    key,
    team: to.team,
    readUnsealed: readInThread({ dbPath: join(config.dataFolder, 'purser.db') }),
    anchors: [fileAnchor(config.anchorFile ?? join(config.dataFolder, 'checkpoints.txt')), to.anchor],
    onError: (error) => base.log.error('the ledger was not sealed, or not anchored', { err: error }),
  })
}

function openRules(config: Config, base: Base, team: TeamId): Promise<LiveRulesBook> {
  const { store, clock, log, ledger, ids } = base
  return createRulesBook({
    path: config.rulesFile,
    store,
    clock,
    frame: rulesFrame(workflows),
    record: (draft) => [ledger.entry({ ...draft, id: ids.entry(), team })],
    onChange: (rules) => log.info('new rules hold', { version: rules.version }),
    onRejected: (problems) => log.error(`the rules file was not taken over:\n${problemsInWords(problems)}`),
    onError: (error) => log.error('the rules file could not be read', { err: error }),
  })
}

const paintLimits = ({ paint }: Config) => ({
  ...SLACK_PAINT_LIMITS,
  ...(paint.postsPerMinute === null ? {} : { postsPerMinute: paint.postsPerMinute }),
  ...(paint.updatesPerMinute === null ? {} : { updatesPerMinute: paint.updatesPerMinute }),
})
