import { z } from 'zod'
import { checkExpression } from './expression.ts'
import { name, oneOf } from './named.ts'
import { refuse } from './refuse.ts'
import type { RulesFrame } from './rules-frame.ts'

/** How senders sign what they send; `src/ingress/signatures.ts` knows each. */
export const SIGNATURES = ['standard-webhooks', 'stripe', 'github'] as const

const expressionOf = (gives: 'bool' | 'any') =>
  z.preprocess(
    (value) => (typeof value === 'boolean' || typeof value === 'number' ? String(value) : value),
    z.string().superRefine((text, ctx) => {
      const problem = checkExpression(text, gives)
      if (problem) refuse(ctx, problem.message, { suggestion: problem.suggestion, offset: problem.at })
    }),
  )
const expression = expressionOf('any')

/** What a hook receives, and what is to become of it: the first of `on` whose condition holds. */
export function hooksSchema(frame: RulesFrame | null) {
  const values = z.record(z.string(), expression)
  const workflow = frame ? oneOf('workflow', Object.keys(frame.workflows)) : z.string()
  const event = frame ? oneOf('event that a workflow waits for', frame.events) : z.string()
  const one = z
    .strictObject({
      when: expressionOf('bool').default('true').meta({ example: `when: 'body.type == "contract.signed"'` }),
      start: workflow.optional().meta({ example: 'start: employee-onboarding' }),
      input: values.optional().meta({ example: 'input: { workEmail: body.data.email }' }),
      deliver: event.optional().meta({ example: 'deliver: contract-signed' }),
      key: expression.optional().meta({ example: 'key: body.data.contract_id' }),
      payload: values.optional().meta({ example: 'payload: { signedAt: body.data.signed_at }' }),
      ignore: z.literal(true).optional().meta({ example: 'ignore: true' }),
    })
    .superRefine(oneOutcome)
    .superRefine((what, ctx) => inputFits(what, ctx, frame))
  const hook = z.strictObject({
    signature: z.enum(SIGNATURES).meta({ example: 'signature: standard-webhooks' }),
    id: expression.optional().meta({ example: 'id: body.id' }),
    type: expression.optional().meta({ example: 'type: body.type' }),
    on: z
      .array(
        one.meta({ example: '{ when: \'body.type == "contract.signed"\', deliver: contract-signed, key: body.id }' }),
      )
      .min(1),
  })
  return z.record(name, hook.meta({ example: '{ signature: standard-webhooks, on: [ … ] }' }))
}

interface Outcome {
  start?: string | undefined
  input?: Record<string, string> | undefined
  deliver?: string | undefined
  key?: string | undefined
  payload?: Record<string, string> | undefined
  ignore?: true | undefined
}

function oneOutcome({ start, input, deliver, key, payload, ignore }: Outcome, ctx: z.RefinementCtx): void {
  const problem = (path: string[], message: string, suggestion: string): void =>
    ctx.addIssue({ code: 'custom', path, message, params: { suggestion } })
  const chosen = [start, deliver, ignore].filter((each) => each !== undefined).length
  if (chosen !== 1) {
    const found = chosen === 0 ? 'nothing is said to come of it' : 'more than one thing is said to come of it'
    problem([], found, 'write one of start: a workflow, deliver: an event, ignore: true')
    return
  }
  if (start !== undefined && input === undefined) problem([], 'input is missing', 'add input: { field: body.field }')
  if (start === undefined && input !== undefined)
    problem(['input'], 'input goes with start', 'write payload, or remove it')
  if (deliver !== undefined && key === undefined) problem([], 'key is missing', 'add key: body.data.id')
  if (deliver === undefined && key !== undefined) problem(['key'], 'key goes with deliver', 'remove it')
  if (deliver === undefined && payload !== undefined) problem(['payload'], 'payload goes with deliver', 'remove it')
}

/** A form's fields that are not there, and those that it asks for and that are missing. */
function inputFits({ start, input }: Outcome, ctx: z.RefinementCtx, frame: RulesFrame | null): void {
  const form = start === undefined ? undefined : frame?.inputs[start]
  if (!form || !input) return
  const problem = (path: string[], message: string, suggestion: string): void =>
    ctx.addIssue({ code: 'custom', path: ['input', ...path], message, params: { suggestion } })
  for (const field of Object.keys(input)) {
    if (!form.fields.includes(field)) {
      problem([field], `${start} has no field "${field}"`, `fields: ${form.fields.join(', ')}`)
    }
  }
  const missing = form.required.filter((field) => !Object.hasOwn(input, field))
  if (missing.length > 0) problem([], `${start} also needs ${missing.join(', ')}`, `add ${missing[0]}: body.…`)
}
