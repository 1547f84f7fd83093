import { z } from 'zod'
import { Actor } from '../src/domain/actor.ts'
import type { StoredEntry } from '../src/domain/entry.ts'
import type { TeamId } from '../src/domain/ids.ts'
import { stepOf } from '../src/domain/run.ts'
import type { Asker } from '../src/slack/authorize.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { actionIds } from '../views/action-ids.ts'
import { decodeStepRef } from '../views/references.ts'
import { decide } from './decide.ts'
import { runAtHand } from './run-at-hand.ts'

/** Milliseconds before a stop within which a click may have been acknowledged and not carried out. */
const LEFT_OVER_MS = 60_000
const MOST_CLICKS = 200

const Clicked = z.object({
  action: z.looseObject({
    action_id: z.enum([actionIds.retry, actionIds.retryAbsent, actionIds.retryToday]),
    value: z.string(),
  }),
})

/**
 * Carries out the retries that were acknowledged just before the last process ended; answers with how many. What was
 * carried out has moved its step on, so that nothing happens twice. Other clicks open windows, which are gone.
 */
export async function takeUpClicks(ports: HandlerPorts, { team, before }: { team: TeamId; before: number }) {
  const [last] = await ports.store.entries({ team, until: before }, null, 1)
  if (!last) return 0
  const filter = { team, kinds: ['click.received'], since: last.core.at - LEFT_OVER_MS, until: before }
  const clicks = await ports.store.entries(filter, null, MOST_CLICKS)
  let taken = 0
  for (const click of clicks.reverse()) if (await takeUp(ports, click)) taken += 1
  return taken
}

/** Whoever may not is not told again: the step shows its card as before. */
async function takeUp(ports: HandlerPorts, click: StoredEntry): Promise<boolean> {
  const opened = ports.ledger.open(click)
  const clicked = opened.kind === 'open' ? Clicked.safeParse(opened.body).data : undefined
  const ref = decodeStepRef(clicked?.action.value ?? null)
  const asker = askerOf(click)
  if (!clicked || !ref || !asker) return false
  const run = await ports.engine.run(asker.team, ref.run)
  const step = run && stepOf(run, ref.step)
  if (step?.version !== ref.version) return false
  const at = await runAtHand(ports, asker, { id: ref.run, action: 'retry' })
  if (!at.ok) return false
  const provenAbsent = clicked.action.action_id === actionIds.retryAbsent
  const rules = clicked.action.action_id === actionIds.retryToday ? 'today' : 'own'
  const decision = { kind: 'retry', step: ref.step, stepVersion: ref.version, provenAbsent, rules } as const
  return (await decide(ports, asker, { run: ref.run, decision })).ok
}

function askerOf({ core }: StoredEntry): Asker | null {
  const [, team, user] = /^slack:([^/]+)\/(.+)$/.exec(core.actor) ?? []
  const actor = Actor.safeParse({ kind: 'person', team, user }).data
  return actor?.kind === 'person' ? { team: actor.team, user: actor.user, homeTeam: null } : null
}
