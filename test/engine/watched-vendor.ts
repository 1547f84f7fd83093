import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import type { HoldDecisionKind, HoldOf } from '../../src/domain/hold.ts'
import type { CallScope } from '../../src/egress/scope.ts'
import type { IncidentRule } from '../../src/rules/rules.ts'
import { JANE, TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { look } from './scripted-egress.ts'

const where = { service: 'vendor', operation: 'thing.make', status: 503 }
const parts = { code: 'unavailable', message: 'Vendor is not available.', hint: 'Wait.' }

export const down = (): Error => new RetryLater({ ...parts, where })
export const revoked = (): Error =>
  new PermanentFailure({ ...parts, code: 'unauthorized', hint: 'Set VENDOR_TOKEN.', where: { ...where, status: 401 } })

/** An engine that watches one service; `answers` says what looks at it come to, and is asked for the time of each. */
export async function openWatched(
  answers: (scope: CallScope) => Promise<void>,
  incidents: Partial<IncidentRule> = { steps: 3, runs: 2, releasePerMinute: 60, withinMs: 300_000 },
) {
  const watched = {
    team: TEAM,
    services: [{ service: 'vendor', title: 'Vendor', probe: look }],
    openTicket: async () => ({ key: 'OPS-1', url: 'https://jira.example/OPS-1' }),
  }
  const at = await openEngine({ incidents, watched, policy: { alertAfterMs: 1_000 } })
  const asked: number[] = []
  let struck = 0
  at.script.always('', async (scope) => {
    asked.push(at.clock.now())
    await answers(scope).catch((error: unknown) => {
      struck += 1
      throw error
    })
    return { id: 'looked' }
  })
  const incident = (): HoldOf<'incident'> | null => {
    const [hold] = at.engine().holds.standing(TEAM)
    return hold?.kind === 'incident' ? hold : null
  }
  const { kill, [Symbol.asyncDispose]: dispose } = at
  return Object.assign(at, {
    asked,
    struck: () => struck,
    incident,
    health: () => at.engine().holds.health()[0],
    /** How often an urgent card of a hold was to be drawn. */
    told: () => at.stale.filter(({ kind, urgent }) => kind === 'hold' && urgent).length,
    async decide(kind: HoldDecisionKind, by = JANE) {
      const hold = incident()
      if (!hold) throw new Error('no incident')
      return await at.engine().holds.decide({ team: TEAM, hold: hold.id, kind, by, reason: null })
    },
    /** The process is gone, and another one takes over. */
    async kill(): Promise<number> {
      const gone = at.engine()
      const lost = await kill()
      // What is dead looks no more either.
      void gone.stop()
      return lost
    },
    async [Symbol.asyncDispose]() {
      await at.engine().stop()
      await dispose()
    },
  })
}
