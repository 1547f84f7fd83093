import { z } from 'zod'
import { nearest } from '../domain/nearest.ts'
import { AtExpiry } from '../domain/wait.ts'
import { duration } from './duration.ts'
import { email } from './email.ts'
import { name, oneOf } from './named.ts'
import { refuse } from './refuse.ts'
import type { RulesFrame } from './rules-frame.ts'

const MOST_REMINDERS = 20

/** Who is asked: groups of this file, addresses, and people whom a field of the form names. */
const whoShape = (groupKeys: readonly string[], frame: RulesFrame | null) => ({
  groups: z.array(oneOf('group', groupKeys)).default([]).meta({ example: 'groups: [managers]' }),
  people: z.array(email).default([]).meta({ example: 'people: [jane@acme.example]' }),
  from_form: z
    .array(frame ? oneOf('field of a form', frame.inputFields) : z.string())
    .default([])
    .meta({ example: 'from_form: [manager]' }),
})
type Who = z.infer<z.ZodObject<ReturnType<typeof whoShape>>>

const wait = duration({ min: '1m', max: '365d' })
const reminders = z.array(wait).max(MOST_REMINDERS).default([]).meta({ example: 'remind_after: [1d, 2d]' })

/** Who approves what, by the names that workflows ask for. */
export function approvalsSchema(groupKeys: readonly string[], frame: RulesFrame | null) {
  const who = whoShape(groupKeys, frame)
  const fallback = z.strictObject({ after: wait.meta({ example: 'after: 2d' }), ...who }).superRefine(somebody)
  const approval = z
    .strictObject({
      ...who,
      quorum: z.int().min(1).max(20).default(1).meta({ example: 'quorum: 1' }),
      self_approval: z.boolean().default(false).meta({ example: 'self_approval: false' }),
      remind_after: reminders,
      fallback: fallback.optional().meta({ example: 'fallback: { after: 2d, groups: [ops] }' }),
      expires_after: wait.optional(),
      at_expiry: AtExpiry.optional().meta({ example: 'at_expiry: refuse' }),
    })
    .superRefine(somebody)
    .superRefine(enoughPeople)
    .superRefine(beforeExpiry)
  return z.record(name, approval.meta({ example: '{ groups: [managers] }' }))
}

/** Who does what by hand, by the names that workflows ask for. */
export function tasksSchema(groupKeys: readonly string[], frame: RulesFrame | null) {
  const task = z
    .strictObject({ ...whoShape(groupKeys, frame), due_after: wait.optional(), remind_after: reminders })
    .superRefine(somebody)
  return z.record(name, task.meta({ example: '{ groups: [ops], due_after: 3d }' }))
}

/** The approvals or tasks that workflows ask for and that the file does not have, each with what to do. */
export function missingAskings(
  wanted: readonly string[],
  present: readonly string[],
): { name: string; suggestion: string }[] {
  return wanted
    .filter((each) => !present.includes(each))
    .map((each) => {
      const meant = nearest(each, present)
      const add = `add ${each}: { groups: [the group that is asked] }`
      return { name: each, suggestion: meant ? `rename ${meant} if it is meant, or ${add}` : add }
    })
}

function somebody({ groups, people, from_form }: Who, ctx: z.RefinementCtx): void {
  if (groups.length + people.length + from_form.length > 0) return
  refuse(ctx, 'nobody is asked here', 'add groups: [ops], people: [an e-mail address] or from_form: [a field]')
}

/** A group may have any number of people; addresses and fields are as many as they are. */
function enoughPeople(rule: Who & { quorum: number }, ctx: z.RefinementCtx): void {
  const known = rule.people.length + rule.from_form.length
  if (rule.groups.length > 0 || known === 0 || known >= rule.quorum) return
  ctx.addIssue({
    code: 'custom',
    path: ['quorum'],
    message: `${rule.quorum} have to approve, and only ${known} ${known === 1 ? 'is' : 'are'} asked`,
    params: { suggestion: `write quorum: ${known}, or ask a group` },
  })
}

interface Times {
  remind_after: readonly number[]
  fallback?: { after: number } | undefined
  expires_after?: number | undefined
  at_expiry?: AtExpiry | undefined
}

/** What would come only after the end never comes. */
function beforeExpiry({ remind_after, fallback, expires_after, at_expiry }: Times, ctx: z.RefinementCtx): void {
  const problem = (path: (string | number)[], message: string, suggestion: string): void =>
    ctx.addIssue({ code: 'custom', path, message, params: { suggestion } })
  if (expires_after === undefined) {
    if (at_expiry !== undefined) problem(['at_expiry'], 'it never expires', 'add expires_after: 7d')
    return
  }
  const late = remind_after.findIndex((after) => after >= expires_after)
  if (late >= 0) problem(['remind_after', late], 'by then it has expired', 'remind before expires_after')
  if (fallback && fallback.after >= expires_after) {
    problem(['fallback', 'after'], 'by then it has expired', 'ask the others before expires_after')
  }
}
