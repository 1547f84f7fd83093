import { workflows } from '../../workflows/index.ts'
import type { Config } from '../config.ts'
import { CONNECTORS } from '../connectors/index.ts'
import { createEngine, type EngineOptions, type RunningEngine } from '../engine/create-engine.ts'
import { createPauseGate, type PauseGate, pausedInWords } from '../engine/pause.ts'
import { escalationOpener, openIncidentTicket } from '../escalation.ts'
import type { Ways } from './open-ways.ts'

/** The engine, and the gate that holds it while its data folder is marked. */
export function openEngine(
  config: Config,
  ways: Ways,
  told: Pick<EngineOptions, 'onStale' | 'onAwaiting' | 'onPeople'>,
): { engine: RunningEngine; pause: PauseGate } {
  const { clock, log, directory, services, endpoints, onError } = ways
  const pause = createPauseGate({
    dataFolder: config.dataFolder,
    clock,
    onLifted: () => log.info('the pause was lifted: what was held goes on'),
    onError,
  })
  const configured = new Set(endpoints.map((endpoint) => endpoint.service))
  const engine = createEngine({
    ...ways,
    workflows,
    configured,
    watched: {
      team: ways.team,
      services: CONNECTORS.map(({ connector }) => connector).filter(({ service }) => configured.has(service)),
      openTicket: openIncidentTicket,
    },
    openTicket: escalationOpener({ name: directory.nameOf, service: (name) => services.get(name) ?? name }),
    paused: () => {
      const held = pause.current()
      return held && pausedInWords(held)
    },
    ...told,
  })
  return { engine, pause }
}
