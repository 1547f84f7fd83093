import { z } from 'zod'
import { alertCardId, failureCardId, noteCardId, type RunCard, runCardId } from '../../src/domain/card.ts'
import { type CardId, type RunId, StepKey } from '../../src/domain/ids.ts'
import type { Run } from '../../src/domain/run.ts'
import { workflow } from '../../src/engine/define-workflow.ts'
import type { PaintLimits } from '../../src/slack/paint-rates.ts'
import { createPainter } from '../../src/slack/painter.ts'
import type { About, NewCard, Surface } from '../../src/slack/surface.ts'
import type { Drawing } from '../../views/drawing.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { JANE, TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { bookOf, testRules } from '../support/test-rules.ts'
import { memoryStore } from '../support/test-store.ts'
import { settle } from '../support/turns.ts'

export const MAIL = StepKey.parse('mail')
const onboarding = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: z.object({}),
    subject: () => ({ key: 'jane@acme.example', label: 'Jane Doe' }),
  },
  ({ step }) => {
    step('mail', { title: 'Open the mailbox', output: z.object({}), run: async () => ({}) })
  },
)

interface MarkParts {
  channel?: string
  line?: number
  urgent?: boolean
  clicked?: boolean
}

interface Message {
  channel: string
  ts: string
  drawing: Drawing
  key: string
}

/** Slack's side: messages by channel, and what it does with the next calls. */
function fakeSlack() {
  const messages: Message[] = []
  const posts: (NewCard & { drawing: Drawing })[] = []
  const updates: Drawing[] = []
  const says: { post: ((card: NewCard, drawing: Drawing) => void) | null; update: ((channel: string) => void) | null } =
    {
      post: null,
      update: null,
    }
  const surface = {
    async post(card: NewCard, drawing: Drawing, _about: About) {
      posts.push({ ...card, drawing })
      const standing = card.mayStand && messages.find(({ key }) => key === card.key)
      if (standing) return { channel: standing.channel, ts: standing.ts }
      says.post?.(card, drawing)
      const message = { channel: `C${card.channel}`, ts: `${messages.length + 1}.0`, drawing, key: card.key }
      messages.push(message)
      return { channel: message.channel, ts: message.ts }
    },
    openDirect: async (_team: unknown, user: string) => `D${user}`,
    async update(place: { ts: string; channel: string }, drawing: Drawing) {
      updates.push(drawing)
      says.update?.(place.channel)
      const message = messages.find(({ ts }) => ts === place.ts)
      if (message) message.drawing = drawing
    },
  }
  return { messages, posts, updates, says, surface: surface as unknown as Surface }
}

/** The painter over a store in memory; Slack and the engine are faked at their ports, the clock is moved by hand. */
export async function openPainter(limits: Partial<PaintLimits> = {}) {
  const clock = createFakeClock()
  const ids = testIds(clock)
  const opened = memoryStore()
  const { store } = opened
  const held = await testKeys(clock, [TEAM])
  const sample = sampleChanges(clock, ids)
  const slack = fakeSlack()
  const runs = new Map<RunId, Run>()
  const errors: unknown[] = []
  const names = { learn: async (): Promise<boolean> => true }
  /** What the rules of today say of channels. */
  const channels = { home: '#ops', fallback: null as string | null }
  const rules = testRules()
  const today = Object.defineProperties(
    { ...rules, channel: () => channels.home },
    { fallbackChannel: { get: () => channels.fallback } },
  )
  const options = {
    store,
    engine: { run: async (_team: unknown, id: RunId) => runs.get(id) ?? null },
    ledger: testLedger({ store, keys: held.keys, clock }),
    rules: bookOf(today),
    workflows: [onboarding],
    directory: { learn: () => names.learn() },
    surface: slack.surface,
    clock,
    ids,
    limits: { postsPerMinute: 60_000, updatesPerMinute: 60_000, coalesceMs: 1_000, ...limits },
    context: () => ({ name: () => 'Jane', service: (name: string) => name, now: clock.now() }),
    onError: (error: unknown) => errors.push(error),
  } as unknown as Parameters<typeof createPainter>[0]
  let painter = createPainter(options)
  await painter.start()

  const newRun = async (status: Run['status'] = 'running'): Promise<Run> => {
    const row = sample.run({ status })
    await held.keys.ensure([row.subject])
    const failure = { consequence: 'retry', code: 'http-503', message: 'Mail answered 503.', hint: 'Wait.' } as const
    const at = clock.now()
    const run: Run = {
      ...{ id: row.id, team: TEAM, workflow: row.workflow, definition: 1, rules: 1, input: {}, status: 'blocked' },
      ...{ version: 1, startedAt: at, startedBy: JANE, endedAt: null, debts: [] },
      subject: { id: row.subject, key: 'jane@acme.example', label: 'Jane Doe' },
      history: [{ at, kind: 'step-failed', step: MAIL, by: JANE, text: 'Mail answered 503.' }],
      steps: [
        {
          ...{ key: MAIL, version: 1, generations: {}, attempts: 1, attemptsInRow: 1, calls: [], decisions: [] },
          ...{ escalation: null, alerted: true, wait: null, status: 'failed', at },
          failing: { since: at, failure: { ...failure, service: null, operation: null, status: null } },
        },
      ],
    }
    runs.set(run.id, run)
    await store.commit(sample.start(row))
    return run
  }

  const at = {
    ...{ clock, store, slack, errors, runs, names, channels },
    newRun,
    /** What the painter itself is given. */
    ports: options,
    /** Marks a card of the run as stale, as the engine does. */
    async mark(run: Run, kind: RunCard['kind'], parts: MarkParts = {}): Promise<CardId> {
      const line = parts.line ?? 0
      const id =
        kind === 'run' ? runCardId(run.id) : kind === 'note' ? noteCardId(run.id, line) : failureCardId(run.id, MAIL)
      const mark = {
        ...{ id, team: TEAM, kind, run: run.id, channel: parts.channel ?? '#ops' },
        ...{ urgent: parts.urgent ?? kind === 'failure', ...(parts.clicked ? { clicked: true as const } : {}) },
        ...{ step: kind === 'failure' ? MAIL : null, line: kind === 'note' ? line : null },
      }
      await store.commit(sample.write({ at: clock.now(), cards: [mark] }))
      painter.nudge()
      return id
    },
    /** Marks the run cards of many at once. */
    async markAll(of: readonly Run[]): Promise<void> {
      const about = { team: TEAM, kind: 'run', channel: '#ops', urgent: false, step: null, line: null } as const
      const cards = of.map((run) => ({ ...about, id: runCardId(run.id), run: run.id }))
      await store.commit(sample.write({ at: clock.now(), cards }))
      painter.nudge()
    },
    /** A run has ended: its row says so, and its card is marked. */
    async end(run: Run): Promise<void> {
      const row = await store.run(TEAM, run.id)
      if (!row) throw new Error('no such run')
      const now = clock.now()
      at.runs.set(run.id, { ...run, status: 'succeeded', endedAt: now })
      const mark = { id: runCardId(run.id), team: TEAM, kind: 'run', run: run.id, step: null, line: null } as const
      await store.commit({
        ...sample.update({ ...row, status: 'succeeded', endedAt: now }, row.version),
        cards: [{ ...mark, channel: '#ops', urgent: true }],
      })
      painter.nudge()
    },
    /** Raises or settles an alert that is about no run, or adds to what it stands for, and marks its card. */
    async alert({ settledAt, cases = [] }: { settledAt: number | null; cases?: readonly string[] }): Promise<CardId> {
      const matter = { kind: 'not-usable', item: '1', source: 'contracts', code: 'no-such-field' } as const
      const now = clock.now()
      const when = { since: now, raisedAt: now, movedAt: now, settledAt }
      const alert = { team: TEAM, id: 'a1', run: null, step: null, matter, cause: 'x', ...when }
      const id = alertCardId(alert.id)
      const mark = { id, team: TEAM, kind: 'alert', about: alert.id, run: null, step: null, line: null } as const
      const cards = [{ ...mark, channel: '#ops-alerts', urgent: true }]
      const isRaised = settledAt === null && (await store.alert(TEAM, alert.id)) === null
      const about = { team: TEAM, run: null, step: null, matter, ...when, settledAt: null }
      const alerts = [
        ...(isRaised ? [{ kind: 'raise', alert } as const] : []),
        ...cases.map((of) => ({ kind: 'case', case: { ...about, alert: alert.id, id: of } }) as const),
        ...(settledAt === null ? [] : [{ kind: 'settle', team: TEAM, id: alert.id, at: settledAt } as const]),
      ]
      await store.commit(sample.write({ at: now, cards, alerts }))
      painter.nudge()
      return id
    },
    tryAgain: (cards: readonly CardId[]) => painter.tryAgain(cards),
    card: async (id: CardId) => await store.card(TEAM, id),
    entries: async (kind: string) =>
      (await store.entries({ team: TEAM, kinds: [kind] }, null, 100)).map(({ core }) => core),
    kinds: async () => (await store.entries({ team: TEAM }, null, 100)).map(({ core }) => core.kind),
    /** Another process takes over, and nudges its painter before it has started it: what it recovers makes cards stale. */
    async restart() {
      await painter.stop()
      painter = createPainter(options)
      painter.nudge()
      await settle()
      await painter.start()
    },
    async [Symbol.asyncDispose]() {
      await painter.stop()
      await opened[Symbol.asyncDispose]()
      held[Symbol.dispose]()
    },
  }
  return at
}
