import type { Run } from '../../src/domain/run.ts'
import { stillAsked } from '../../src/domain/standing.ts'
import type { AbsenceRules } from '../../src/rules/rules.ts'
import { settle } from '../support/turns.ts'
import { oneManager, request } from './approval-workflow.ts'
import { MAYA, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** Maya alone is asked; who is away by the rules is given. */
export async function openAsked(absences: Partial<AbsenceRules> = {}): Promise<At> {
  const rules = { ...oneManager(MAYA), absences: { away: [], standIns: [], fallback: null, statuses: [], ...absences } }
  const at = await openHandlers({ workflows: [request], rules })
  at.kept.start()
  await told(at)
  return at
}

/** What is known now has reached the runs. */
export async function told(at: At): Promise<void> {
  await at.clock.advance(200)
  await settle()
  await at.kept.idle()
  await settle()
}

/** Who is asked in a run now. */
export const asked = async (at: At, run: Run) => stillAsked(await at.step(run, 'ok'))?.users
