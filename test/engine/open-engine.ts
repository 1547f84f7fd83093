import { z } from 'zod'
import type { Change, CommitOutcome, Store } from '../../db/store.ts'
import type { Actor } from '../../src/domain/actor.ts'
import type { CardMark } from '../../src/domain/card.ts'
import type { EntryKind } from '../../src/domain/entry.ts'
import { type RunId, StepKey } from '../../src/domain/ids.ts'
import type { Awaited } from '../../src/domain/inbox-item.ts'
import { type Run, type Step, stepOf } from '../../src/domain/run.ts'
import { createEngine, type EngineOptions, type RunningEngine } from '../../src/engine/create-engine.ts'
import type { DecisionRequest } from '../../src/engine/decisions.ts'
import { optional, type WorkflowDefinition, workflow } from '../../src/engine/define-workflow.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { JANE, TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { testRules } from '../support/test-rules.ts'
import { memoryStore } from '../support/test-store.ts'
import { settle } from '../support/turns.ts'
import { scriptedEgress, vendor } from './scripted-egress.ts'

const output = z.object({ id: z.string() })

/** account → (mail | chat) → welcome, which goes without chat. */
const onboarding = workflow(
  {
    name: 'employee-onboarding',
    version: 1,
    title: 'Employee onboarding',
    input: z.object({ email: z.email(), name: z.string().min(1), role: z.string().optional() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step }) => {
    const make = { uses: [vendor], output } as const
    const account = step('account', { ...make, title: 'Create the account', run: ({ use }) => use(vendor).make() })
    const needs = [account] as const
    const mail = step('mail', { ...make, title: 'Open the mailbox', needs, run: ({ use }) => use(vendor).make() })
    const chat = step('chat', {
      ...make,
      title: 'Invite to the chat',
      needs,
      when: ({ input }) => input.role !== 'contractor',
      run: ({ use }) => use(vendor).make(),
    })
    step('welcome', {
      ...make,
      title: 'Say welcome',
      needs: [mail, optional(chat)],
      run: async ({ use, from }) => {
        const made = await use(vendor).make()
        return { id: `${made.id} ${from(mail).id} ${from(optional(chat))?.id ?? 'without chat'}` }
      },
    })
  },
)

/** The engine over a store in memory, a scripted egress and a clock that is moved by hand. */
export async function openEngine(
  options: Parameters<typeof testRules>[0] & {
    openTicket?: EngineOptions['openTicket']
    watched?: EngineOptions['watched']
    limits?: EngineOptions['limits']
    /** In place of the sample. */
    workflow?: WorkflowDefinition
    /** Beside it. */
    others?: readonly WorkflowDefinition[]
  } = {},
) {
  const clock = createFakeClock()
  const ids = testIds(clock)
  const opened = memoryStore()
  const held = await testKeys(clock, [TEAM])
  const script = scriptedEgress()
  const first = testRules(options)
  /** What holds today; runs keep to what held when they began. */
  const rules: { now: Rules; gone: Error | null } = { now: first, gone: null }
  const stale: CardMark[] = []
  const errors: unknown[] = []
  const awaiting: Awaited[] = []
  /** Told of steps that have begun to wait for events. */
  const told: { awaiting: ((begun: readonly Awaited[]) => void) | null } = { awaiting: null }
  const refuse: { commit: ((change: Change) => Promise<CommitOutcome> | null) | null } = { commit: null }
  const store: Store = {
    ...opened.store,
    commit: async (change) => (await refuse.commit?.(change)) ?? (await opened.store.commit(change)),
  }
  /** Told of each engine: whether its process is gone, so that nothing of it reaches the disk any more. */
  let life = { isOver: false }
  const start = (): RunningEngine => {
    const mine = { isOver: false }
    life = mine
    return createEngine({
      store: { ...store, commit: (change) => (mine.isOver ? new Promise(() => {}) : store.commit(change)) },
      keys: held.keys,
      ledger: testLedger({ store, keys: held.keys, clock }),
      egress: script.egress,
      rules: {
        current: () => rules.now,
        at: async (version) => {
          if (rules.gone && version === first.version) throw rules.gone
          return version === first.version ? first : rules.now
        },
        problems: () => [],
      },
      workflows: [options.workflow ?? onboarding, ...(options.others ?? [])],
      configured: new Set(['vendor']),
      ...(options.watched ? { watched: options.watched } : {}),
      ...(options.limits ? { limits: options.limits } : {}),
      openTicket: options.openTicket ?? (async () => ({ key: 'OPS-1', url: 'https://jira.example/OPS-1' })),
      clock,
      ids,
      onAwaiting(begun) {
        awaiting.push(...begun)
        told.awaiting?.(begun)
      },
      onStale: (marks) => stale.push(...marks),
      onError: (error) => errors.push(error),
    })
  }
  let engine = start()
  const input = { email: 'jane@acme.example', name: 'Jane Doe' }

  const at = {
    clock,
    script,
    store,
    ledger: testLedger({ store, keys: held.keys, clock }),
    stale,
    ids,
    awaiting,
    told,
    keys: held.keys,
    rules,
    errors,
    /** Answers in place of the store's commit when it does not answer null. */
    refuse,
    engine: () => engine,
    /** The same, and nothing of the old process reaches the disk any more. */
    async kill() {
      life.isOver = true
      return await at.crash()
    },
    /** The process is gone without a word, and another one takes over. */
    async crash() {
      script.calls.length = 0
      engine = start()
      const lost = await engine.recover()
      await settle()
      return lost
    },
    async begin(parts: Record<string, unknown> = {}, startKey = 'V1'): Promise<Run> {
      const call = {
        team: TEAM,
        workflow: (options.workflow ?? onboarding).name,
        input: { ...input, ...parts },
        actor: JANE,
        startKey,
      }
      const answer = await engine.start(call)
      if (answer.kind !== 'started') throw new Error(`not started: ${JSON.stringify(answer)}`)
      await settle()
      return answer.run
    },
    async run(id: RunId): Promise<Run> {
      const run = await engine.run(TEAM, id)
      if (!run) throw new Error('no such run')
      return run
    },
    async step(id: RunId, key: string): Promise<Step> {
      const step = stepOf(await at.run(id), StepKey.parse(key))
      if (!step) throw new Error(`no step ${key}`)
      return step
    },
    statuses: async (id: RunId) => (await at.run(id)).steps.map((step) => step.status).join(' '),
    /** Presses a button that was drawn just now. */
    async decide(id: RunId, kind: 'retry' | 'skip' | 'mark-done' | 'escalate', key: string, more: object = {}) {
      const step = await at.step(id, key)
      return await at.press(id, { kind, step: step.key, stepVersion: step.version, ...more })
    },
    async press(id: RunId, parts: object, actor: Actor = JANE) {
      const decision = { reason: 'as agreed', provenAbsent: false, output: { id: 'by hand' }, ...parts }
      const answer = await engine.decide({
        team: TEAM,
        run: id,
        actor,
        decision: decision as unknown as DecisionRequest,
      })
      await settle()
      return answer
    },
    async kinds(id: RunId): Promise<EntryKind[]> {
      const entries = await store.entries({ team: TEAM, run: id }, null, 200)
      return entries.map(({ core }) => core.kind).reverse()
    },
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]()
      held[Symbol.dispose]()
    },
  }
  return at
}
