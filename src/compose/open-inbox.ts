import type { Config } from '../config.ts'
import type { RunningEngine } from '../engine/create-engine.ts'
import { createInbox } from '../engine/inbox/create-inbox.ts'
import type { Inbox } from '../engine/inbox/inbox.ts'
import { createDoors, type Doors } from '../ingress/doors.ts'
import { hookVariable } from '../ingress/hook-secrets.ts'
import type { Ways } from './open-ways.ts'

/** What comes from outside, and the doors through which it comes. */
export function openInbox(config: Config, ways: Ways, engine: RunningEngine): { inbox: Inbox; doors: Doors } {
  const { hookSecrets } = ways
  const inbox = createInbox({ ...ways, engine })
  const secretsOf = (source: string): readonly string[] => hookSecrets.get(hookVariable(source)) ?? []
  return {
    inbox,
    doors: createDoors({ ...ways, engine, inbox, secretsOf, clients: config.apiClients, waiting: ways.egress.waiting }),
  }
}
