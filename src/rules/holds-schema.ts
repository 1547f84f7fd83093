import { z } from 'zod'
import { duration } from './duration.ts'
import { name, named, oneOf } from './named.ts'
import type { BrakeRule, IncidentRule } from './rules.ts'
import type { RulesFrame } from './rules-frame.ts'
import type { RulesFile } from './schema.ts'

/** When many failures of one cause become one incident, and how it ends. */
export const incidentsSchema = (groupKeys: readonly string[], frame: RulesFrame | null) => {
  const groups = z.array(oneOf('group', groupKeys)).meta({ example: '[ops]' })
  return z.strictObject({
    enabled: z.boolean().default(true).meta({ example: 'enabled: true' }),
    steps: z.int().min(2).max(1000).default(3).meta({ example: 'steps: 3' }),
    runs: z.int().min(2).max(1000).default(2).meta({ example: 'runs: 2' }),
    within: duration({ min: '10s', max: '1h' }).prefault('5m'),
    release_per_minute: z.int().min(1).max(6000).default(60).meta({ example: 'release_per_minute: 60' }),
    probe_every: duration({
      min: '5s',
      // Earlier versions were allowed more, and are still read for the runs that go by them.
      max: frame ? '30s' : '40s',
      why: 'Purser promises that a service which is down is shown within 60 s, also when nothing runs',
    }).prefault('30s'),
    notify: z
      .strictObject({ default: groups.default([]), services: z.record(name, groups).default({}) })
      .prefault({})
      .meta({ example: 'notify: { default: [ops] }' }),
  })
}

const starts = z
  .strictObject({
    starts: z.int().min(1).max(100_000).meta({ example: 'starts: 30' }),
    within: duration({ min: '10s', max: '1d' }).meta({ example: 'within: 10m' }),
  })
  .meta({ example: '{ starts: 30, within: 10m }' })

/** How many starts of a workflow are usual. */
export const brakeSchema = (frame: RulesFrame | null) =>
  z.strictObject({
    default: starts.optional(),
    workflows: named(frame && Object.keys(frame.workflows), () => starts),
  })

/** What the file says of incidents and of the brake, ready to decide. */
export function holdRules({ incidents, brake }: RulesFile): {
  incidents: IncidentRule
  brake(workflow: string): BrakeRule | null
} {
  const { enabled, steps, runs, within, release_per_minute, probe_every, notify } = incidents
  const services = new Map<string, readonly string[]>(Object.entries(notify.services))
  const workflows = new Map(Object.entries(brake.workflows))
  return {
    incidents: {
      // However much fails, each failure is one of its own.
      steps: enabled ? steps : Number.POSITIVE_INFINITY,
      runs: enabled ? runs : Number.POSITIVE_INFINITY,
      withinMs: within,
      releasePerMinute: release_per_minute,
      probeEveryMs: probe_every,
      notify: (service) => services.get(service) ?? notify.default,
    },
    brake(workflow) {
      const rule = workflows.get(workflow) ?? brake.default
      return rule ? { starts: rule.starts, withinMs: rule.within } : null
    },
  }
}
