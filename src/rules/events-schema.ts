import { z } from 'zod'
import { AtDeadline } from '../domain/wait.ts'
import { duration } from './duration.ts'
import { named } from './named.ts'
import type { RulesFrame } from './rules-frame.ts'

const length = duration({ min: '1m', max: '730d' })

/** By when the events should come that steps wait for, and what then. */
export function eventsSchema(frame: RulesFrame | null) {
  const event = z
    .strictObject({
      expected_within: length.optional(),
      deadline: length.optional(),
      at_deadline: AtDeadline.optional().meta({ example: 'at_deadline: fail' }),
      may_come_early: length.optional(),
    })
    .superRefine(({ expected_within, deadline, at_deadline }, ctx) => {
      const problem = (path: string, message: string, suggestion: string): void =>
        ctx.addIssue({ code: 'custom', path: [path], message, params: { suggestion } })
      if (deadline === undefined) {
        if (at_deadline !== undefined) problem('at_deadline', 'there is no deadline', 'add deadline: 30d')
      } else if (expected_within !== undefined && expected_within >= deadline) {
        problem('expected_within', 'by then the deadline has passed', 'write a time before the deadline')
      }
    })
  return named(frame ? frame.events : null, () => event.meta({ example: '{ expected_within: 10d, deadline: 30d }' }))
}
