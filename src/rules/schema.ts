import { z } from 'zod'
import { absencesSchema } from './absences-schema.ts'
import { accessSchema } from './access-schema.ts'
import { apiSchema } from './api-schema.ts'
import { approvalsSchema, tasksSchema } from './asking-schema.ts'
import { calendarSchema } from './calendar-schema.ts'
import { email } from './email.ts'
import { eventsSchema } from './events-schema.ts'
import { brakeSchema, incidentsSchema } from './holds-schema.ts'
import { hooksSchema } from './hooks-schema.ts'
import { name, named, oneOf } from './named.ts'
import { refuse } from './refuse.ts'
import { retrySchema } from './retry-schema.ts'
import { ACTIONS, type Action } from './rules.ts'
import type { RulesFrame } from './rules-frame.ts'
import { schedulesSchema } from './schedules-schema.ts'
import { secondPersonSchema, takeOverSchema } from './second-person-schema.ts'

/** The rules file's shape; `frame` is null for earlier versions, which need not fit the code of today. */
export const rulesSchema = (groupKeys: readonly string[], frame: RulesFrame | null) =>
  z.strictObject({
    groups: groups.meta({ example: 'groups: { ops: { title: Ops, user_groups: [ops] } }' }),
    permissions: permissions(groupKeys, frame).meta({
      example: 'permissions: { default: { start: [ops], see: [ops] } }',
    }),
    access: accessSchema(frame).default({}),
    approvals: approvalsSchema(groupKeys, frame).default({}),
    tasks: tasksSchema(groupKeys, frame).default({}),
    events: eventsSchema(frame),
    hooks: hooksSchema(frame).default({}),
    api: apiSchema(frame).default({}),
    schedules: schedulesSchema(frame).default({}),
    calendar: calendarSchema.prefault({}),
    absences: absencesSchema(groupKeys).prefault({}),
    channels: channels(frame).meta({
      example: 'channels: { runs: { default: "#processes" }, alerts: { default: "#ops-alerts" } }',
    }),
    retry: retrySchema(frame).prefault({}),
    debts: debts.prefault({}),
    digest: digest.prefault({}),
    retention: retention.prefault({}),
    second_person: secondPersonSchema(frame).prefault({}),
    take_over: takeOverSchema.prefault({}),
    incidents: incidentsSchema(groupKeys, frame).prefault({}),
    brake: brakeSchema(frame).prefault({}),
  })
export type RulesFile = z.infer<ReturnType<typeof rulesSchema>>

const userGroup = z.string().superRefine((text, ctx) => {
  if (/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}._-]{0,79}$/u.test(text)) return
  const handle = text.replace(/^@/, '').trim().toLowerCase().replace(/\s+/g, '-')
  refuse(ctx, `"${text}" is not a Slack user group's handle`, `write the handle without @: ${handle || 'ops'}`)
})

const group = z
  .strictObject({
    title: z.string().trim().min(1).max(75).meta({ example: 'title: Ops' }),
    user_groups: z.array(userGroup).default([]).meta({ example: 'user_groups: [ops]' }),
    people: z.array(email).default([]).meta({ example: 'people: [jane@acme.example]' }),
  })
  .superRefine(({ user_groups, people }, ctx) => {
    if (user_groups.length + people.length > 0) return
    refuse(ctx, 'nobody is in this group', 'add user_groups: [a Slack user group] or people: [an e-mail address]')
  })

const groups = z.record(name, group.meta({ example: '{ title: Ops, user_groups: [ops] }' }))

function permissions(groupKeys: readonly string[], frame: RulesFrame | null) {
  const allowed = z.array(oneOf('group', groupKeys)).optional().meta({ example: '[ops]' })
  const shape = Object.fromEntries(ACTIONS.map((action) => [action, allowed])) as Record<Action, typeof allowed>
  const byAction = z.strictObject(shape).meta({ example: 'default: { start: [ops], see: [ops] }' })
  return z.strictObject({ default: byAction, workflows: named(workflowsOf(frame), () => byAction) })
}

const channel = z.string().superRefine((text, ctx) => {
  if (/^#[\p{Ll}\p{Lo}\p{N}_-]{1,80}$/u.test(text) || /^[CG][A-Z0-9]{6,}$/.test(text)) return
  const likely = text
    .trim()
    .toLowerCase()
    .replace(/[^\p{Ll}\p{Lo}\p{N}_-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  refuse(ctx, `"${text}" is not a channel`, `write "#${likely || 'processes'}", in quotes, or a channel's id`)
})

function channels(frame: RulesFrame | null) {
  const byWorkflow = z.strictObject({
    default: channel.meta({ example: 'default: "#processes"' }),
    workflows: named(workflowsOf(frame), () => channel.meta({ example: '"#onboarding"' })),
  })
  return z.strictObject({
    runs: byWorkflow.meta({ example: 'runs: { default: "#processes" }' }),
    alerts: byWorkflow.meta({ example: 'alerts: { default: "#ops-alerts" }' }),
    approvals: byWorkflow.optional().meta({ example: 'approvals: { default: "#approvals" }' }),
    ledger: channel.optional().meta({ example: 'ledger: "#purser-ledger"' }),
    fallback: channel.optional().meta({ example: 'fallback: "#ops-overflow"' }),
  })
}

const debts = z.strictObject({
  due_days: z.int().min(1).max(365).default(7).meta({ example: 'due_days: 7' }),
})

const digest = z.strictObject({
  at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'not an hour of the day: write it in quotes, "09:00"')
    .default('09:00')
    .meta({ example: 'at: "09:00"' }),
  enabled: z.boolean().default(true).meta({ example: 'enabled: true' }),
})

const retention = z.strictObject({
  ledger_days: z.int().min(30).max(36_500).default(400).meta({ example: 'ledger_days: 400' }),
})

const workflowsOf = (frame: RulesFrame | null): string[] | null => frame && Object.keys(frame.workflows)
