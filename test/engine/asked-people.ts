import { z } from 'zod'
import { type RunId, StepKey, UserId } from '../../src/domain/ids.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import { inWords, optional, workflow } from '../../src/engine/define-workflow.ts'
import { TEAM } from '../support/test-ids.ts'
import { openEngine } from './open-engine.ts'
import { vendor } from './scripted-egress.ts'

export const DAY = 86_400_000
const output = z.object({ id: z.string() })

/** ok (approval) → make → install (task) → start (a day in New York) → welcome; audit goes without the approval. */
const equipment = workflow(
  {
    name: 'equipment',
    version: 1,
    title: 'Equipment',
    input: z.object({ email: z.email(), name: z.string(), day: z.string().default('2026-11-28') }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step, approval, task, until }) => {
    const make = { uses: [vendor], output, run: () => Promise.resolve({ id: 'x' }) } as const
    const ok = approval('ok', { title: 'Approval' })
    const made = step('make', { ...make, title: 'Make it', after: [ok] })
    const install = task('install', {
      title: 'Install it',
      needs: [made],
      instructions: ({ input, from }) => `Install ${from(made).id} for ${input.name}.`,
      evidence: inWords,
    })
    const start = until('start', {
      title: 'First day',
      after: [install],
      at: ({ input }) => input.day,
      zone: () => 'America/New_York',
      onWorkingDay: true,
    })
    step('welcome', { ...make, title: 'Welcome', after: [start] })
    step('note', { ...make, title: 'Write it down', needs: [optional(ok)] })
  },
)

export const somebody = (user: string, ...groups: string[]): Answerer => ({
  actor: { kind: 'person', team: TEAM, user: UserId.parse(user) },
  email: `${user.slice(2).toLowerCase()}@acme.example`,
  groups,
})
export const MAYA = somebody('U0MAYA', 'managers')
export const MONA = somebody('U0MONA', 'managers')
export const TIM = somebody('U0TIM')
export const OPAL = somebody('U0OPAL', 'ops')

type At = Awaited<ReturnType<typeof openEngine>>

/** Answers on the card as it is drawn just now. */
export async function answer(at: At, id: RunId, who: Answerer, parts: Record<string, unknown> & { step: string }) {
  const step = await at.step(id, parts.step)
  const { actor, ...as } = who
  return await at.press(id, { stepVersion: step.version, as, ...parts, step: StepKey.parse(parts.step) }, actor)
}

export const open = (parts: Parameters<typeof openEngine>[0] = {}) => openEngine({ workflow: equipment, ...parts })
export const cardsOf = (at: At, from = 0) => at.stale.slice(from).map(({ id }) => id)
