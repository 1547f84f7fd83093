import { createHash } from 'node:crypto'
import { fillIn } from './placeholders.ts'
import type { EventRule, ScheduleRule } from './rules.ts'
import type { RulesFile } from './schema.ts'

/** What is expected of events, and what starts by the clock, by the rules file. */
export function ingressRules(file: RulesFile) {
  const schedules: readonly ScheduleRule[] = Object.entries(file.schedules).map(([name, schedule]) => {
    const zone = schedule.time_zone ?? file.calendar.time_zone
    const { cron: fields, start: workflow, missed } = schedule
    const spec = createHash('sha256')
      .update(JSON.stringify([fields, zone, workflow]))
      .digest('base64url')
      .slice(0, 22)
    return { name, fields, zone, workflow, missed, spec, inputAt: (at) => fillIn(schedule.input, { zone, at }) }
  })
  return {
    schedules,
    event(name: string): EventRule {
      const rule = Object.hasOwn(file.events, name) ? file.events[name] : undefined
      return {
        expectedAfterMs: rule?.expected_within ?? null,
        deadline: rule?.deadline === undefined ? null : { afterMs: rule.deadline, outcome: rule.at_deadline ?? 'fail' },
        earlyMs: rule?.may_come_early ?? 0,
      }
    },
  }
}
