import type { Config } from '../config.ts'
import type { RunningEngine } from '../engine/create-engine.ts'
import { createInbox } from '../engine/inbox/create-inbox.ts'
import type { Inbox } from '../engine/inbox/inbox.ts'
import { createDoors, type Doors } from '../ingress/doors.ts'
import { hooksWithoutSecret, hookVariable } from '../ingress/hook-secrets.ts'
import type { Ways } from './open-ways.ts'

/** What comes from outside, and the doors through which it comes. */
export function openInbox(config: Config, ways: Ways, engine: RunningEngine): { inbox: Inbox; doors: Doors } {
  const { hookSecrets } = ways
  const inbox = createInbox({ ...ways, engine })
  const secretsOf = (source: string): readonly string[] => hookSecrets.get(hookVariable(source)) ?? []
  const warn = (): void => {
    for (const name of hooksWithoutSecret(ways.rules.current().hooks, hookSecrets)) {
      ways.log.warn(`what ${name} sends is refused: ${hookVariable(name)} is not set`, { code: name })
    }
  }
  warn()
  ways.whenRulesChange(warn)
  const { apiClients: clients, metricsToken } = config
  return {
    inbox,
    doors: createDoors({ ...ways, engine, inbox, secretsOf, clients, metricsToken, waiting: ways.egress.waiting }),
  }
}
