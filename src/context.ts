import type { Store } from '../db/store.ts'
import { leftOver, type TakingUp, takeUp } from '../handlers/left-over/take-up.ts'
import { languages, speak } from '../views/texts/index.ts'
import type { Clock } from './clock.ts'
import { openAlerts } from './compose/open-alerts.ts'
import { openBase } from './compose/open-base.ts'
import { openEngine } from './compose/open-engine.ts'
import { openInbox } from './compose/open-inbox.ts'
import { openKeepers } from './compose/open-keepers.ts'
import { openSlack } from './compose/open-slack.ts'
import { openTimely } from './compose/open-timely.ts'
import { openWays, type Ways } from './compose/open-ways.ts'
import type { Config } from './config.ts'
import type { MissingSetting } from './connectors/read-settings.ts'
import { actorText } from './domain/actor.ts'
import type { PauseGate } from './engine/pause.ts'
import type { Doors } from './ingress/doors.ts'
import type { Log } from './log.ts'
import { keepAbsences } from './slack/absence/keep-absences.ts'
import type { SlackApp } from './slack/app.ts'

/** Everything that runs, put together once. */
export interface Context {
  log: Log
  store: Store
  slack: SlackApp
  /** Where other systems come in. */
  doors: Doors
  pause: PauseGate
  /** Settings of services that are not configured. */
  missing: readonly MissingSetting[]
  /** Takes up what the last process left, and begins to work; answers with how many attempts were lost. */
  begin(): Promise<number>
  /** Lets go of everything, in the order in which it can. */
  close(): Promise<void>
}

/** Puts everything together; nothing works yet when it resolves. */
export async function createContext(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): Promise<Context> {
  speak(languages[config.language])
  const base = await openBase(config, env, clock)
  const ways = await openWays(config, base)
  const { engine, pause } = openEngine(config, ways, {
    onStale() {
      painter.nudge()
      home.nudge()
    },
    onAwaiting: (begun) => inbox.onAwaiting(begun),
    onPeople: (run) => absences.onPeople(run),
  })
  const { inbox, doors } = openInbox(config, ways, engine)
  const absences = keepAbsences({ ...ways, engine })
  ways.whenRulesChange(() => absences.onRules())
  const parts = { engine, inbox, absences: absences.absences }
  const { painter, cardCheck, digester, home, snoozes, slack, ports, paint } = openSlack(config, ways, parts)
  const timely = openTimely(ways, engine, { absences, onStale: () => painter.nudge() })
  const alerts = openAlerts(config, ways, { paint, pause })
  const { sealer, archivist, sweeper, readings } = await openKeepers(config, ways)
  const { log, store, keys } = ways
  const left = await leftOver(store)
  let takingUp: TakingUp | null = null

  return {
    log,
    store,
    slack,
    doors,
    pause,
    missing: base.missing,
    async begin() {
      const lost = await engine.recover()
      await enterStart(ways, lost)
      await painter.start()
      cardCheck.start()
      digester.start()
      await sealer.start()
      archivist.start()
      sweeper.start()
      readings.start()
      alerts.start()
      await timely.start()
      await inbox.start()
      snoozes.start()
      takingUp = takeUp({ ports, keys, log }, left)
      takingUp.done.then(
        (count) => count > 0 && log.info('what people did before the stop is dealt with', { count }),
        (error: unknown) => log.error('what people did before the stop waits for the next start', { err: error }),
      )
      return lost
    },
    async close() {
      pause.stop()
      await takingUp?.stop()
      await slack.stop()
      await snoozes.stop()
      await timely.stop()
      await inbox.stop()
      await engine.stop()
      digester.stop()
      await alerts.stop()
      await cardCheck.stop()
      await painter.stop()
      home.stop()
      await readings.stop()
      await sweeper.stop()
      await archivist.stop()
      await sealer.stop()
      await ways.rules.close()
      await ways.egress.close()
      await base.audit.close()
      await store.close()
      base.keys.close()
      base.unlock()
    },
  }
}

/** Enters in the ledger that Purser began, and how many attempts its predecessor left. */
const enterStart = ({ ledger, ids, clock, team, rules }: Ways, attempts: number): Promise<void> =>
  ledger.record([
    {
      id: ids.entry(),
      at: clock.now(),
      team,
      kind: 'purser.started',
      actor: actorText({ kind: 'machine', part: 'start' }),
      subjects: [],
      facts: { attempts, rules: rules.current().version },
    },
  ])
