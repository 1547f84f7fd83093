import type { Calendar } from '../domain/calendar.ts'
import { PersonNeeded } from '../domain/errors.ts'
import { UserId } from '../domain/ids.ts'
import type { Asked } from '../domain/wait.ts'
import { WEEKDAYS } from './calendar-schema.ts'
import type { ApprovalRule, TaskRule } from './rules.ts'
import type { RulesFile } from './schema.ts'

interface Who {
  groups: readonly string[]
  people: readonly string[]
  from_form: readonly string[]
}

/** Who approves and who does what by hand, for an input; throws PersonNeeded when the file does not say. */
export function askingRules(file: RulesFile, version: number) {
  const asked = (who: Who, input: unknown): Asked => ({
    groups: who.groups.map((key) => ({ key, title: file.groups[key]?.title ?? key })),
    people: [...who.people, ...named(who, input).filter((text) => text.includes('@'))],
    users: named(who, input).flatMap((text) => UserId.safeParse(text).data ?? []),
  })
  return {
    approval(name: string, input: unknown): ApprovalRule {
      const rule = own(file.approvals, name)
      if (!rule) throw noRule('approvals', name, version)
      return {
        asked: asked(rule, input),
        quorum: rule.quorum,
        selfApproval: rule.self_approval,
        remindAfterMs: rule.remind_after,
        fallback: rule.fallback ? { afterMs: rule.fallback.after, asked: asked(rule.fallback, input) } : null,
        expiry:
          rule.expires_after === undefined
            ? null
            : { afterMs: rule.expires_after, outcome: rule.at_expiry ?? 'refuse' },
      }
    },
    task(name: string, input: unknown): TaskRule {
      const rule = own(file.tasks, name)
      if (!rule) throw noRule('tasks', name, version)
      return { asked: asked(rule, input), dueAfterMs: rule.due_after ?? null, remindAfterMs: rule.remind_after }
    },
    calendar: {
      timeZone: file.calendar.time_zone,
      workingDays: new Set(file.calendar.working_days.map((day) => WEEKDAYS.indexOf(day))),
      holidays: new Set(file.calendar.holidays),
    } satisfies Calendar,
  }
}

/** What the form's fields hold: people by id, or addresses. A field that was left empty names nobody. */
const named = ({ from_form: fields }: Who, input: unknown): string[] =>
  fields.flatMap((field) => {
    const value = typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[field] : undefined
    return typeof value === 'string' ? [value.includes('@') ? value.toLowerCase() : value] : []
  })

const own = <T>(map: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined

const noRule = (section: 'approvals' | 'tasks', name: string, version: number): PersonNeeded =>
  new PersonNeeded({
    code: 'no-asking-rule',
    message: `Version ${version} of the rules does not say under ${section} who is asked for "${name}".`,
    hint: `Add it under ${section}: in the rules file, and start the run anew.`,
  })
