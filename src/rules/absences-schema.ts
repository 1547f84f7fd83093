import { z } from 'zod'
import { day } from './calendar-schema.ts'
import { email } from './email.ts'
import { oneOf } from './named.ts'
import { refuse } from './refuse.ts'
import type { AbsenceRules } from './rules.ts'
import type { RulesFile } from './schema.ts'

const emoji = z.string().transform((text, ctx): string => {
  const name = text.replace(/^:|:$/g, '')
  if (/^[a-z0-9_+'-]{1,100}$/.test(name)) return name
  return refuse(ctx, `"${text}" is not the name of an emoji`, 'write it as Slack names it, without colons: palm_tree')
})

const away = z
  .strictObject({
    person: email.meta({ example: 'person: jane@acme.example' }),
    from: day.meta({ example: 'from: 2026-12-21' }),
    to: day.meta({ example: 'to: 2026-12-31' }),
    delegate: email.optional().meta({ example: 'delegate: john@acme.example' }),
  })
  .superRefine(({ person, from, to, delegate }, ctx) => {
    if (to < from)
      refuse(ctx, `it ends on ${to}, before it begins`, `write from: ${to} and to: ${from}, if they are mixed up`)
    if (delegate === person) refuse(ctx, 'who is away cannot stand in for themselves', 'name somebody else as delegate')
  })

/** Who is away, and who takes over what they are asked. */
export const absencesSchema = (groupKeys: readonly string[]) =>
  z.strictObject({
    away: z
      .array(away.meta({ example: '{ person: jane@acme.example, from: 2026-12-21, to: 2026-12-31 }' }))
      .default([])
      .meta({ example: 'away: []' }),
    stand_ins: z
      .record(email, email)
      .default({})
      .meta({ example: 'stand_ins: { jane@acme.example: john@acme.example }' }),
    fallback: z
      .strictObject({
        groups: z.array(oneOf('group', groupKeys)).default([]).meta({ example: 'groups: [managers]' }),
        people: z.array(email).default([]).meta({ example: 'people: [john@acme.example]' }),
      })
      .superRefine(({ groups, people }, ctx) => {
        if (groups.length + people.length > 0) return
        refuse(ctx, 'nobody takes over here', 'add groups: [ops] or people: [an e-mail address]')
      })
      .optional()
      .meta({ example: 'fallback: { groups: [managers] }' }),
    statuses: z.array(emoji).default([]).meta({ example: 'statuses: [palm_tree]' }),
  })

export function absenceRules({ absences, groups }: RulesFile): AbsenceRules {
  const { away: listed, stand_ins, fallback, statuses } = absences
  const titled = (key: string) => ({ key, title: groups[key]?.title ?? key })
  return {
    away: listed.map(({ delegate, ...each }) => ({ ...each, delegate: delegate ?? null })),
    standIns: Object.entries(stand_ins).map(([person, delegate]) => ({ person, delegate })),
    fallback: fallback ? { groups: fallback.groups.map(titled), people: fallback.people, users: [] } : null,
    statuses,
  }
}
