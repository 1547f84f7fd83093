import { causeOf, type Matter } from '../../src/domain/alert.ts'
import { alertStats } from '../../views/answers/alert-stats.ts'
import { caseList } from '../../views/answers/case-list.ts'
import type { ShownCase, StormSubject } from '../../views/cards/storm-card.ts'
import { entryId, key, minutes, runId, sampleRun } from '../views/sample-run.ts'
import { runWith } from '../views/sample-states.ts'
import type { Drawings } from './sample-cards.ts'
import { stepOf, undoing } from './sample-runs.ts'

const run = runWith(stepOf('trying'))
const caseOf = (matter: Matter, isAboutRun: boolean): ShownCase => ({
  of: { run: isAboutRun ? runId : null, step: isAboutRun ? key('github-org') : null, matter, since: minutes(1) },
  run: isAboutRun ? run : null,
  outline: isAboutRun ? undoing : null,
  isSeen: true,
})

function stormOf(
  matter: Matter,
  { isAboutRun = true, open = 1_287, total = 1_287, settledAt = null as number | null } = {},
) {
  const when = { since: minutes(1), raisedAt: minutes(2), movedAt: minutes(3), settledAt }
  const [one, unseen] = [caseOf(matter, isAboutRun), { ...caseOf(matter, isAboutRun), run: null, isSeen: false }]
  const about = { run: one.of.run, step: one.of.step, matter, cause: causeOf(matter) }
  const subject: StormSubject = {
    alert: { team: sampleRun([]).team, id: 'a', ...about, ...when },
    count: { total, open, since: open === 0 ? null : minutes(1) },
    oldest: open === 0 ? [] : [one, one, unseen],
  }
  return subject
}

const hanging = {
  kind: 'attempt-hangs' as const,
  carried: true,
  timeoutMs: 600_000,
  services: ['github', 'jira'],
} satisfies Matter
const unusable = { kind: 'not-usable', item: entryId(1), source: 'docusign', code: 'not-json' } as const

/** Alerts that stand for many things of one cause. */
export const storms = {
  hangs: stormOf(hanging),
  waits: stormOf({ ...hanging, waits: true }, { total: 1_900 }),
  'waits alone': stormOf({ ...hanging, services: [], waits: true }),
  'hangs alone': stormOf({ ...hanging, services: [] }),
  'in Purser': stormOf({ ...hanging, carried: false }),
  unusable: stormOf(unusable, { isAboutRun: false, open: 2, total: 2 }),
  'not begun': stormOf({ kind: 'not-begun', item: entryId(1), source: 'docusign' }, { isAboutRun: false }),
  standstill: stormOf({ kind: 'standstill' }),
  'not woken': stormOf({ kind: 'not-woken' }, { open: 1, total: 12 }),
  'not fired': stormOf({ kind: 'not-fired', schedule: 'monday-review', dueAt: minutes(-30) }, { isAboutRun: false }),
  'not started': stormOf(
    { kind: 'not-started', schedule: 'monday-review', dueAt: minutes(-30), outcome: 'invalid' },
    { isAboutRun: false },
  ),
  'not come': stormOf({ kind: 'not-come', event: 'contract-signed' }),
  approvals: stormOf({ kind: 'out-of-reach', of: 'approval' }),
  tasks: stormOf({ kind: 'out-of-reach', of: 'task' }),
  debts: stormOf({ kind: 'out-of-reach', of: 'debt' }),
  quiet: stormOf({ kind: 'standstill' }, { open: 0 }),
  settled: stormOf(hanging, { open: 0, settledAt: minutes(30) }),
}

export const noAlerts = { accepted: [], told: 0, days: 7, services: [], things: 0, open: { alerts: 0, things: 0 } }
const times = { accepted: [900, 1_500, 70_000], told: 2, days: 7, things: 1_290, open: { alerts: 2, things: 41 } }

/** Answers about alerts; `services`: how they are. */
export const aboutAlerts = (services: Parameters<typeof alertStats>[0]['services']): Drawings => ({
  stats: alertStats({ ...times, services }),
  'stats: none': alertStats(noAlerts),
  'alert: list': caseList({ alert: 'a', shown: storms.hangs.oldest, skip: 20, open: 1_287 }),
  'alert: list of what came': caseList({ alert: 'a', shown: storms.unusable.oldest, skip: 0, open: 3 }),
  'alert: list, none': caseList({ alert: 'a', shown: [], skip: 0, open: 0 }),
})
