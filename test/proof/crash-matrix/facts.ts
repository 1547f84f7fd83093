import type { Store } from '../../../db/store.ts'
import type { StoredEntry } from '../../../src/domain/entry.ts'
import type { Run } from '../../../src/domain/run.ts'
import { TEAM } from '../../support/test-ids.ts'
import type { MemoryWorld } from '../support/memory-world.ts'

/** How things ended, without what differs from one time to the next. */
export interface Facts {
  runs: string[]
  /** What the services made, each as often as they made it. */
  made: string[]
  /** Slack messages by what they are about. */
  messages: string[]
  /** What held runs back, each with how often it was opened and closed. */
  holds: string[]
  /** What came from outside, each with what became of it. */
  post: string[]
}

/** Cards and lines that stand or not by what happened on the way. */
const BY_THE_WAY = ['note', 'nudge', 'failure', 'alert', 'hold']

export function factsOf(world: MemoryWorld, runs: readonly Run[], entries: readonly StoredEntry[]): Facts {
  const plain = withoutIds(runs)
  return {
    runs: runs
      .map(({ workflow, status, steps, debts }) => {
        const ends = steps.map((step) => `${step.key} ${step.status}`)
        return `${workflow} ${status} (${debts.length} debts): ${ends.join(', ')}`
      })
      .sort(),
    made: world.effects
      // A message is told from others by its key; what is set to what it is already is no second thing.
      .filter(({ kind }) => !kind.startsWith('message.') && !kind.endsWith('.updated'))
      .map(({ service, kind, key }) => plain(`${service} ${kind} ${key}`))
      .sort(),
    messages: world.slack
      .keys()
      .filter((key) => !BY_THE_WAY.includes(key.split('/', 1)[0] ?? ''))
      .map(plain)
      .sort(),
    holds: holdsOf(entries),
    post: postOf(entries),
  }
}

function holdsOf(entries: readonly StoredEntry[]): string[] {
  const closed = entries.filter(({ core }) => core.kind === 'hold.closed').map(({ core }) => core.facts?.hold)
  return entries
    .filter(({ core }) => core.kind === 'hold.opened')
    .map(({ core: { facts } }) => {
      const times = closed.filter((hold) => hold === facts?.hold).length
      return `${String(facts?.kind)} over ${String(facts?.scope)}, closed ${times} times`
    })
    .sort()
}

function postOf(entries: readonly StoredEntry[]): string[] {
  const oldestFirst = entries.toReversed()
  return oldestFirst
    .filter(({ core }) => core.kind === 'webhook.received')
    .map(({ core: { id, facts } }) => {
      const about = oldestFirst.filter(({ core }) => core.facts?.item === id)
      return `${String(facts?.event)}: ${about.map(({ core }) => core.kind).join(', ')}`
    })
    .sort()
}

/** Ids of runs and channels are made anew each time; the same place keeps the same number. */
function withoutIds(runs: readonly Run[]): (text: string) => string {
  const names = runs.map(({ id, workflow }, at): [string, string] => [id, `${workflow}-${at}`])
  return (text) =>
    names.reduce((left, [id, name]) => left.replaceAll(id, name), text).replace(/\bC0[0-9A-Z]{8,}\b/g, 'C…')
}

/** Every entry of the ledger, newest first. */
export async function allEntries(store: Pick<Store, 'entries'>): Promise<StoredEntry[]> {
  const all: StoredEntry[] = []
  for (;;) {
    const page = await store.entries({ team: TEAM }, all.at(-1)?.core.id ?? null, 500)
    all.push(...page)
    if (page.length < 500) return all
  }
}
