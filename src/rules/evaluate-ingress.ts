import { createHash } from 'node:crypto'
import { compileExpression, type Received } from './expression.ts'
import { fillIn } from './placeholders.ts'
import type { ApiRights, EventRule, HookRule, Routed, ScheduleRule } from './rules.ts'
import type { RulesFile } from './schema.ts'

/** What comes from outside and what starts by the clock, by the rules file. */
export function ingressRules(file: RulesFile) {
  const hooks = new Map(Object.entries(file.hooks).map(([source, hook]) => [source, compileHook(hook)]))
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
    hook: (source: string) => hooks.get(source) ?? null,
    hooks: [...hooks.keys()],
    schedules,
    api(client: string): ApiRights | null {
      return Object.hasOwn(file.api, client) ? (file.api[client] ?? null) : null
    },
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

function compileHook(hook: RulesFile['hooks'][string]): HookRule {
  const id = hook.id === undefined ? null : compileExpression(hook.id)
  const type = hook.type === undefined ? null : compileExpression(hook.type)
  const outcomes = hook.on.map((one) => {
    const when = compileExpression(one.when)
    const key = one.key === undefined ? null : compileExpression(one.key)
    const input = one.input && compileValues(one.input)
    const payload = one.payload && compileValues(one.payload)
    return (received: Received): Routed | null => {
      if (when(received) !== true) return null
      if (one.start !== undefined) return { kind: 'start', workflow: one.start, input: input?.(received) ?? {} }
      if (one.deliver === undefined) return { kind: 'ignore' }
      return {
        kind: 'deliver',
        event: one.deliver,
        key: asText(key?.(received)) ?? '',
        payload: payload ? payload(received) : received.body,
      }
    }
  })
  return {
    signature: hook.signature,
    idOf: (received) => (id ? asText(id(received)) : null),
    typeOf: (received) => (type ? asText(type(received)) : null),
    route(received) {
      for (const outcome of outcomes) {
        const routed = outcome(received)
        if (routed) return routed
      }
      return { kind: 'nothing' }
    },
  }
}

function compileValues(values: Readonly<Record<string, string>>): (received: Received) => Record<string, unknown> {
  const compiled = Object.entries(values).map(([field, text]) => [field, compileExpression(text)] as const)
  return (received) => Object.fromEntries(compiled.map(([field, evaluate]) => [field, evaluate(received)]))
}

const asText = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null
