import { z } from 'zod'
import { duration } from './duration.ts'
import { named } from './named.ts'
import type { RulesFrame } from './rules-frame.ts'

/** `latest`: after which the failure card stands at the latest. */
const shapeOf = (latest: '45s' | '60s') => ({
  tries: z.int().min(1).max(10).optional().meta({ example: 'tries: 4' }),
  within: duration({ min: '1s', max: '10m' }).optional(),
  first_delay: duration({ min: '10ms', max: '1m' }).optional(),
  back_off: z
    .array(duration({ min: '1s', max: '1h' }))
    .max(20)
    .optional()
    .meta({ example: 'back_off: [1m, 5m, 15m]' }),
  alert_after: duration({
    min: '0s',
    max: latest,
    why: 'Purser promises that a failure is shown within 60 s of its first failed try, and its card has to get there',
  }).optional(),
  timeout: duration({ min: '1s', max: '1h' }).optional(),
  at_the_end: z.enum(['ask', 'escalate']).optional().meta({ example: 'at_the_end: escalate' }),
})
type PolicySettings = z.infer<z.ZodObject<ReturnType<typeof shapeOf>>>
type Policy = { [Setting in keyof PolicySettings]-?: Exclude<PolicySettings[Setting], undefined> }

/** What holds where the file says nothing: about fifty minutes of trying, shown to people after 45 s. */
const DEFAULT_POLICY: Policy = {
  tries: 4,
  within: 90_000,
  first_delay: 1000,
  back_off: [60_000, 300_000, 900_000, 1_800_000],
  alert_after: 45_000,
  timeout: 300_000,
  at_the_end: 'escalate',
}

/** The defaults with the settings of each layer over them, the most particular one last. */
export const policyOf = (...layers: readonly PolicySettings[]): Policy => Object.assign({}, DEFAULT_POLICY, ...layers)

/** How long Purser tries by itself: for all, for a workflow, for a step. */
export function retrySchema(frame: RulesFrame | null) {
  // Earlier versions were allowed more, and are still read for the runs that go by them.
  const shape = shapeOf(frame ? '45s' : '60s')
  const policy = z.strictObject(shape)
  const ofWorkflow = (workflow: string | null) => {
    const steps = workflow === null ? null : (frame?.workflows[workflow] ?? null)
    return z.strictObject({ ...shape, steps: named(steps, () => policy) })
  }
  const workflows = frame && Object.keys(frame.workflows)
  return z
    .strictObject({ default: policy.prefault({}), workflows: named(workflows, ofWorkflow) })
    .superRefine((section, ctx) => {
      checkLayers([section.default], ['default'], ctx)
      for (const [workflow, { steps, ...own }] of Object.entries(section.workflows)) {
        const path = ['workflows', workflow]
        checkLayers([section.default, own], path, ctx)
        for (const [step, settings] of Object.entries(steps)) {
          checkLayers([section.default, own, settings], [...path, 'steps', step], ctx)
        }
      }
    })
}

const PAIRS = [
  ['first_delay', 'within'],
  ['within', 'timeout'],
] as const

/** Settings that came together from several layers must fit; told where the last layer set one of the two. */
function checkLayers(layers: readonly PolicySettings[], path: readonly string[], ctx: z.RefinementCtx): void {
  const whole = policyOf(...layers)
  const own = layers.at(-1) ?? {}
  for (const [shorter, longer] of PAIRS) {
    const setHere = own[longer] !== undefined ? longer : own[shorter] !== undefined ? shorter : null
    if (setHere === null || whole[shorter] <= whole[longer]) continue
    ctx.addIssue({
      code: 'custom',
      path: [...path, setHere],
      message: `${shorter} (${inWords(whole[shorter])}) is longer than ${longer} (${inWords(whole[longer])}), which holds for it`,
      params: { suggestion: `set both here: ${shorter} at most as long as ${longer}` },
    })
  }
}

const inWords = (ms: number): string =>
  ms % 60_000 === 0 ? `${ms / 60_000}m` : ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`
