import { z } from 'zod'
import { SECONDED, type Seconded } from '../domain/proposal.ts'
import { stepName } from '../domain/step-key.ts'
import { duration } from './duration.ts'
import { named, oneOf } from './named.ts'
import type { Rules } from './rules.ts'
import type { RulesFrame } from './rules-frame.ts'

/** Decisions about one step; cancel and restart are about the whole run. */
const OF_STEPS: readonly string[] = SECONDED.filter((decision) => decision !== 'cancel' && decision !== 'restart')

const decisionsOf = (known: readonly string[]) => z.array(oneOf('decision', known))

/** Which decisions need a second person: for all, for a workflow, for a step; the most particular list counts. */
export function secondPersonSchema(frame: RulesFrame | null) {
  const ofWorkflow = (workflow: string | null) => {
    const steps = workflow === null ? null : (frame?.workflows[workflow] ?? null)
    return z.strictObject({
      decisions: decisionsOf(SECONDED).optional().meta({ example: 'decisions: [cancel]' }),
      steps: named(steps, () => decisionsOf(OF_STEPS).meta({ example: '[skip, mark-done]' })),
    })
  }
  return z.strictObject({
    expires_after: duration({ min: '1m', max: '30d' }).default(86_400_000),
    default: decisionsOf(SECONDED).default([]).meta({ example: 'default: [not-there]' }),
    workflows: named(frame && Object.keys(frame.workflows), ofWorkflow),
  })
}

export const takeOverSchema = z.strictObject({
  lasts: duration({ min: '5m', max: '7d' }).default(14_400_000),
})

interface Sections {
  second_person: z.infer<ReturnType<typeof secondPersonSchema>>
  take_over: z.infer<typeof takeOverSchema>
}

/** What the file says of second persons and of taking over, ready to decide. */
export function secondPersonRules({
  second_person: section,
  take_over: takeOver,
}: Sections): Pick<Rules, 'needsSecond' | 'proposalMs' | 'takeOverMs'> {
  const listFor = (decision: Seconded, at: { workflow: string; step: string | null }): readonly string[] => {
    const workflow = Object.hasOwn(section.workflows, at.workflow) ? section.workflows[at.workflow] : undefined
    const name = at.step === null || !OF_STEPS.includes(decision) ? null : stepName(at.step)
    const ofStep = name !== null && workflow && Object.hasOwn(workflow.steps, name) ? workflow.steps[name] : undefined
    return ofStep ?? workflow?.decisions ?? section.default
  }
  return {
    needsSecond: (decision, at) => listFor(decision, at).includes(decision),
    proposalMs: section.expires_after,
    takeOverMs: takeOver.lasts,
  }
}
