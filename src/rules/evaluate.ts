import type { Person } from '../domain/actor.ts'
import { PersonNeeded } from '../domain/errors.ts'
import { stepName } from '../domain/step-key.ts'
import { absenceRules } from './absences-schema.ts'
import { compileCondition } from './condition.ts'
import { askingRules } from './evaluate-asking.ts'
import { ingressRules } from './evaluate-ingress.ts'
import { holdRules } from './holds-schema.ts'
import { policyOf } from './retry-schema.ts'
import type { Action, GroupRule, Rules } from './rules.ts'
import type { RulesFile } from './schema.ts'
import { secondPersonRules } from './second-person-schema.ts'

/** Makes a valid rules file ready to decide, as the version that runs record. */
export function evaluateRules(file: RulesFile, version: number): Rules {
  const access = new Map(
    Object.entries(file.access).map(([name, { when, ...settings }]) => [
      name,
      { holds: compileCondition(name, when), settings },
    ]),
  )
  const accessRule = (name: string) => {
    const rule = access.get(name)
    if (!rule) throw noAccessRule(name, version)
    return rule
  }
  const groups: readonly GroupRule[] = Object.entries(file.groups).map(([key, group]) => ({
    key,
    title: group.title,
    userGroups: group.user_groups,
    people: group.people,
  }))
  const allowed = (action: Action, workflow: string | null): readonly string[] =>
    own(file.permissions.workflows, workflow)?.[action] ?? file.permissions.default[action] ?? []

  return {
    version,
    groups,
    ...askingRules(file, version),
    ...secondPersonRules(file),
    ...ingressRules(file),
    ...holdRules(file),
    absences: absenceRules(file),
    debtDueDays: file.debts.due_days,
    digest: file.digest.enabled ? { at: file.digest.at } : null,
    ledgerDays: file.retention.ledger_days,
    grants: (name, input) => accessRule(name).holds(input),
    accessSettings: (name) => accessRule(name).settings,
    channel(purpose, workflow) {
      const channels = file.channels[purpose] ?? file.channels.alerts
      return own(channels.workflows, workflow) ?? channels.default
    },
    ledgerChannel: file.channels.ledger ?? file.channels.alerts.default,
    fallbackChannel: file.channels.fallback ?? null,
    policy(workflow, step) {
      const { steps, ...ofWorkflow } = own(file.retry.workflows, workflow) ?? { steps: {} }
      const policy = policyOf(file.retry.default, ofWorkflow, own(steps, stepName(step)) ?? {})
      return {
        tries: policy.tries,
        withinMs: policy.within,
        firstDelayMs: policy.first_delay,
        backOffMs: policy.back_off,
        alertAfterMs: policy.alert_after,
        timeoutMs: policy.timeout,
        atTheEnd: policy.at_the_end,
      }
    },
    may(person, action, workflow) {
      if (person.isGuest || person.isDeactivated) return false
      return isIn(person, allowed(action, workflow))
    },
    whoMay: (action, workflow) => inWords(titles(groups, allowed(action, workflow))),
  }
}

/** A map's own value: a workflow named like a method of objects has no rules by accident. */
const own = <T>(map: Readonly<Record<string, T>>, key: string | null): T | undefined =>
  key !== null && Object.hasOwn(map, key) ? map[key] : undefined

const isIn = (person: Person, keys: readonly string[]): boolean => person.groups.some((group) => keys.includes(group))

const titles = (groups: readonly GroupRule[], keys: readonly string[]): string[] =>
  groups.filter((group) => keys.includes(group.key)).map((group) => group.title)

/** `Ops`, `Ops or Managers`, `Ops, Teammates or Managers`. */
function inWords(names: readonly string[]): string {
  if (names.length === 0) return 'nobody'
  return names.length === 1 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

const noAccessRule = (name: string, version: number): PersonNeeded =>
  new PersonNeeded({
    code: 'no-access-rule',
    message: `Version ${version} of the rules has no access rule "${name}".`,
    hint: `Add it under access: in the rules file, then retry with today’s rules.`,
  })
