import type { StepKey } from '../domain/ids.ts'
import type { StepIn } from '../domain/run.ts'

/** A step before its time. */
export const newStep = (key: StepKey): StepIn<'pending'> => ({
  key,
  status: 'pending',
  version: 0,
  generations: {},
  attempts: 0,
  attemptsInRow: 0,
  calls: [],
  decisions: [],
  escalation: null,
  alerted: false,
  wait: null,
})
