import { validateDetailed } from 'node-cron'
import { z } from 'zod'
import { type CronFields, nextFire } from '../domain/cron.ts'
import { nearest } from '../domain/nearest.ts'
import { name, oneOf } from './named.ts'
import { fillIn, PLACEHOLDERS } from './placeholders.ts'
import { refuse } from './refuse.ts'
import type { RulesFrame } from './rules-frame.ts'
import { zone } from './time-zone.ts'

/** Five fields, as node-cron reads them; the minute is the finest. */
const cron = z.string().transform((text, ctx): CronFields => {
  const pattern = text.trim()
  if (!pattern.startsWith('@') && pattern.split(/\s+/).length === 6) {
    return refuse(ctx, 'a schedule fires at full minutes', 'write five fields: minute hour day month weekday')
  }
  const { valid, fields, errors } = validateDetailed(pattern)
  if (!valid || !fields) {
    const [first] = errors
    return refuse(ctx, `"${text}" is not a cron schedule: ${first?.message ?? 'it cannot be read'}`, EXAMPLE)
  }
  const { minute, hour, dayOfMonth, month, dayOfWeek } = fields
  if (dayOfMonth.some((each) => typeof each === 'string' && each !== 'L')) {
    return refuse(ctx, 'Purser knows days of the month and L, the last', 'write L or numbers: 0 9 L * *')
  }
  if (dayOfMonth.length < 31 && dayOfWeek.length < 7) {
    return refuse(ctx, 'it names days of the month and days of the week', 'write two schedules, one for each')
  }
  if (nextFire(fields, 'UTC', 0) === null) return refuse(ctx, 'this day never comes', EXAMPLE)
  return { minute, hour, dayOfMonth, month, dayOfWeek }
})
const EXAMPLE = "write it like '0 9 * * mon-fri': minute hour day month weekday"

/** What starts by the clock. */
export function schedulesSchema(frame: RulesFrame | null) {
  const schedule = z
    .strictObject({
      cron: cron.meta({ example: "cron: '0 9 * * mon-fri'" }),
      time_zone: zone.optional().meta({ example: 'time_zone: Europe/Berlin' }),
      start: (frame ? oneOf('workflow', Object.keys(frame.workflows)) : z.string()).meta({
        example: 'start: access-review',
      }),
      input: z.record(z.string(), z.unknown()).default({}).meta({ example: 'input: { month: "{month}" }' }),
      missed: z.enum(['skip', 'once']).default('once').meta({ example: 'missed: once' }),
    })
    .superRefine(({ start, input }, ctx) => inputFits({ start, input }, ctx, frame))
  return z.record(name, schedule.meta({ example: "{ cron: '0 9 1 * *', start: access-review }" }))
}

/** As it would be tomorrow: what the form says against it, it will say every time. */
function inputFits(
  { start, input }: { start: string; input: Record<string, unknown> },
  ctx: z.RefinementCtx,
  frame: RulesFrame | null,
): void {
  const problem = (path: string[], message: string, suggestion: string): void =>
    ctx.addIssue({ code: 'custom', path: ['input', ...path], message, params: { suggestion } })
  for (const [field, value] of Object.entries(input)) {
    const unknown = [...JSON.stringify(value ?? null).matchAll(/\{([a-z]+)\}/g)].find(
      ([, word = '']) => !isPlaceholder(word),
    )
    if (!unknown) continue
    const meant = nearest(unknown[1] ?? '', PLACEHOLDERS)
    problem([field], `nothing is filled in for ${unknown[0]}`, meant ? `did you mean {${meant}}?` : `known: ${ALL}`)
  }
  const form = frame?.inputs[start]
  if (!form) return
  for (const field of Object.keys(input)) {
    if (!form.fields.includes(field))
      problem([field], `${start} has no field "${field}"`, `fields: ${form.fields.join(', ')}`)
  }
  const errors = form.check(fillIn(input, { zone: 'UTC', at: Date.UTC(2026, 0, 5, 9) }))
  for (const [path, message] of Object.entries(errors)) {
    const field = path.split('.', 1)[0] ?? ''
    const isThere = Object.hasOwn(input, field)
    problem(
      isThere ? [field] : [],
      `${start} does not take ${isThere ? 'this' : 'it'}: ${path} ${message}`,
      `see the form of ${start}: ${form.fields.join(', ')}`,
    )
  }
}

const isPlaceholder = (word: string): boolean => (PLACEHOLDERS as readonly string[]).includes(word)
const ALL = PLACEHOLDERS.map((each) => `{${each}}`).join(', ')
