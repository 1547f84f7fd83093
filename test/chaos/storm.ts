import type { FaultKind } from '../../src/sandbox/state.ts'
import { type OpenWorkplace, until } from '../support/workplace.ts'

export type Random = () => number

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Writes in whose middle Purser is killed: done at the service, not yet recorded here. */
const WRITES = [
  { service: 'google', match: 'POST /admin/directory/v1/users' },
  { service: 'google', match: 'POST /admin/directory/v1/groups' },
  { service: 'jira', match: 'POST /rest/api/3/user' },
  { service: 'github', match: 'POST /orgs/acme/invitations' },
  { service: 'salesforce', match: 'PATCH ' },
  { service: 'gusto', match: 'POST /v1/companies' },
  { service: 'gusto', match: 'POST /v1/employees' },
  { service: 'slack', match: 'chat.postMessage' },
  { service: 'slack', match: 'conversations.create' },
] as const

const MIX: readonly { kind: FaultKind; times: number; retry_after?: number }[] = [
  { kind: '503', times: 4 },
  { kind: '429', times: 3, retry_after: 1 },
  { kind: 'reset', times: 3 },
  { kind: 'lost-answer', times: 2 },
  { kind: 'slow', times: 1 },
]

const BLINDED = ['gusto-lookups', 'github-lookups'] as const

const SERVICES = ['google', 'jira', 'github', 'salesforce', 'gusto', 'slack'] as const

/** Breaks one service in one of the ways, for a few requests. */
export async function breakSomething(office: OpenWorkplace, random: Random): Promise<void> {
  const service = SERVICES[Math.floor(random() * SERVICES.length)]
  const fault = MIX[Math.floor(random() * MIX.length)]
  if (service && fault) await office.break({ service, ...fault })
}

/** Kills Purser as soon as a service has done something and not answered yet; false when nothing was asked of one. */
export async function killBeforeRecord(office: OpenWorkplace, random: Random): Promise<boolean> {
  for (const { service, match } of [...WRITES].sort(() => random() - 0.5))
    await office.break({ service, match, kind: 'unanswered', times: 1 })
  const struck = await until('something is done and not answered', () => hasStruck(office), 4_000).catch(() => false)
  if (struck) await office.place.killPurser()
  await office.control('faults', undefined, 'DELETE')
  if (!struck) return false
  // Sometimes nobody can say afterwards what became of it.
  if (random() < 0.5) for (const service of BLINDED) await office.break({ service, kind: '503', times: 6 })
  await office.place.startPurser()
  return true
}

/** A fault that has struck as often as it was ordered is not listed any more. */
async function hasStruck(office: OpenWorkplace): Promise<boolean> {
  const listed = await orders(office)
  return listed.filter(({ kind }) => kind === 'unanswered').length < WRITES.length
}

async function orders({ control }: OpenWorkplace): Promise<{ service: string; kind: string }[]> {
  return Object.values(await control('faults', undefined, 'GET')).filter((each) => typeof each === 'object')
}
