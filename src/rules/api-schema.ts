import { z } from 'zod'
import { name, oneOf } from './named.ts'
import type { RulesFrame } from './rules-frame.ts'

/** Who may do what over HTTP with a token of their own. */
export function apiSchema(frame: RulesFrame | null) {
  const workflows = z.array(frame ? oneOf('workflow', Object.keys(frame.workflows)) : z.string())
  const events = z.array(frame ? oneOf('event that a workflow waits for', frame.events) : z.string())
  const client = z.strictObject({
    start: workflows.default([]).meta({ example: 'start: [employee-onboarding]' }),
    see: workflows.default([]).meta({ example: 'see: [employee-onboarding]' }),
    deliver: events.default([]).meta({ example: 'deliver: [contract-signed]' }),
  })
  return z.record(name, client.meta({ example: '{ start: [employee-onboarding], see: [employee-onboarding] }' }))
}
