import type { RetryPolicy } from '../domain/policy.ts'
import type { Chart, ChartEdge, ChartNode } from './diagram-chart.ts'

interface FailureParts {
  id: string
  title: string
  policy: RetryPolicy
  /** Where failure cards stand. */
  channel: string
  debtDueDays: number
}

/** What happens from a step's first failed try on, under one policy. */
export function failureChart({ id, title, policy, channel, debtDueDays }: FailureParts): Chart {
  const waits = policy.backOffMs.length > 0
  const afterTries = waits ? 'back-off' : 'end'
  const again = policy.tries > 1
  const nodes: ChartNode[] = [
    node('attempt', 'step', 'An attempt', [`given up after ${inWords(policy.timeoutMs)}`]),
    node('tries', 'machine', again ? 'Tries again by itself' : 'No second try', triesNotes(policy)),
    node('card', 'alert', `Failure card in ${channel}`, [
      `${inWords(policy.alertAfterMs)} after the first failed try,`,
      'at once when trying ends; trying goes on meanwhile',
    ]),
    ...(waits ? [backOff(policy)] : []),
    endOf(policy),
    node('refused', 'bad', 'Failed', ['the service refused for good:', 'the same request would be refused again']),
    node('lost', 'question', 'Was it done?', ['looks at the service before anything', 'is sent a second time']),
    node('unknown', 'bad', 'Outcome unknown', ['never repeated on its own']),
    node('succeeded', 'good', 'Succeeded', ['the run goes on']),
    person(debtDueDays),
  ]
  const edges: ChartEdge[] = [
    edge('attempt', 'succeeded', 'answered'),
    edge('attempt', 'tries', 'failed, may be repeated'),
    edge('attempt', 'refused', 'refused'),
    edge('attempt', 'lost', 'sent, no answer'),
    ...(again ? [edge('tries', 'succeeded', 'a try succeeds')] : []),
    { ...edge('tries', 'card', 'meanwhile'), kind: 'order' },
    edge('tries', afterTries, again ? 'all tries failed' : 'failed'),
    ...(waits
      ? [edge('back-off', 'attempt', 'after each wait'), edge('back-off', 'end', 'the last attempt failed')]
      : []),
    edge('lost', 'succeeded', 'found'),
    edge('lost', 'tries', 'absent'),
    edge('lost', 'unknown', 'cannot tell'),
    edge('end', 'person'),
    edge('refused', 'person'),
    edge('unknown', 'person'),
  ]
  return { id, title, nodes, edges }
}

const node = (id: string, look: ChartNode['look'], title: string, notes: readonly string[]): ChartNode => ({
  id,
  look,
  title,
  notes,
})

const edge = (from: string, to: string, label?: string): ChartEdge => ({
  from,
  to,
  kind: 'result',
  ...(label === undefined ? {} : { label }),
})

function triesNotes({ tries, withinMs, firstDelayMs }: RetryPolicy): string[] {
  if (tries === 1) return ['the policy allows one try of a call']
  return [
    `${tries} tries of a call within ${inWords(withinMs)},`,
    `the second after ${inWords(firstDelayMs)}, then doubled`,
    'or when the service says so (Retry-After)',
  ]
}

function backOff({ backOffMs }: RetryPolicy): ChartNode {
  const count = backOffMs.length
  return node('back-off', 'machine', 'Waits, then a new attempt', [
    `after ${backOffMs.map(inWords).join(', ')}`,
    `${count} more ${count === 1 ? 'attempt' : 'attempts'}; survives a restart`,
  ])
}

const endOf = ({ atTheEnd }: RetryPolicy): ChartNode =>
  atTheEnd === 'escalate'
    ? node('end', 'alert', 'Failed: a ticket is opened', ['with the whole context, besides the card'])
    : node('end', 'alert', 'Failed: the card asks', ['no ticket is opened by itself'])

const person = (debtDueDays: number): ChartNode =>
  node('person', 'person', 'A person decides on the card', [
    'Retry: a new attempt, by the same policy',
    `Skip: goes on without it; owed within ${debtDueDays} ${debtDueDays === 1 ? 'day' : 'days'}`,
    'Mark done: it was done by hand',
    'Escalate: a ticket with the whole context',
    'Cancel: ends the run',
  ])

const UNITS = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** `45 s`, `1 min 30 s`, `500 ms`. */
export function inWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`
  const parts: string[] = []
  let left = ms
  for (const [unit, size] of UNITS) {
    const count = unit === 's' ? left / size : Math.floor(left / size)
    if (count > 0) parts.push(`${count} ${unit}`)
    left -= count * size
  }
  return parts.join(' ')
}
