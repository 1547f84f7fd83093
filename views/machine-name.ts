import type { Actor } from '../src/domain/actor.ts'

type Machine = Extract<Actor, { kind: 'machine' }>

/** Parts of Purser that act for somebody outside, who has a name. */
const FOR_OTHERS: Partial<Record<Machine['part'], string>> = { hook: 'webhook', api: 'API', schedule: 'schedule' }

/** `hr-platform (webhook)`; Purser for what it does of itself. */
export function machineName({ part, name }: Machine): string {
  const way = FOR_OTHERS[part]
  return way === undefined || name === undefined ? 'Purser' : `${name} (${way})`
}
