import type { Run } from '../domain/run.ts'

/** A run as the API tells it: how it stands, and of each step its state and why it stopped. */
export const runAnswer = (run: Run): object => ({
  id: run.id,
  workflow: run.workflow,
  status: run.status,
  subject: { key: run.subject.key, label: run.subject.label },
  started_at: new Date(run.startedAt).toISOString(),
  ended_at: run.endedAt === null ? null : new Date(run.endedAt).toISOString(),
  steps: run.steps.map((step) => ({ key: step.key, status: step.status, ...failureOf(step) })),
})

function failureOf(step: Run['steps'][number]): object {
  const failing = 'failing' in step ? step.failing : null
  if (!failing) return {}
  const { code, message, hint } = failing.failure
  return { failure: { code, message, hint } }
}
