import type { Person } from '../../src/domain/actor.ts'
import { PersonNeeded } from '../../src/domain/errors.ts'
import type { Run } from '../../src/domain/run.ts'
import type { Rules } from '../../src/rules/rules.ts'
import { actionIds } from '../../views/action-ids.ts'
import { encodeItemRef, encodeRunRef, encodeStepRef, stepBlockId } from '../../views/references.ts'
import { refusing, unavailable } from '../engine/scripted-egress.ts'
import { APPROVAL, testRules } from '../support/test-rules.ts'
import { asking } from './asking-workflow.ts'
import { actor } from './hold-cards.ts'
import type { At } from './left.ts'
import { MAYA, OLGA, type openHandlers, TIM } from './open-handlers.ts'

type Options = NonNullable<Parameters<typeof openHandlers>[0]>
export type Said = { action: Record<string, unknown> & { action_id: string } } | { command: string; text: string }

/** Something that somebody did, whose first try had its effect; then the process ended before that was marked. */
export interface Deed {
  by?: Person
  options?: Options
  /** Makes it ready; what is pressed or typed. */
  said(at: At): Promise<Said>
  /** What happens between the two, by which it could be done once more. */
  between?(at: At): Promise<unknown>
  /** How often it was done. */
  times(at: At): Promise<number>
}

const ALL = { groups: ['ops', 'managers'].map((key) => ({ key, title: key })), people: [], users: [] }
const RULES: Partial<Rules> = { may: () => true, approval: () => ({ ...APPROVAL, asked: ALL, selfApproval: true }) }
const INCIDENTS = {
  ...testRules().incidents,
  steps: 2,
  runs: 2,
  withinMs: 600_000,
  releasePerMinute: 60,
  notify: () => [],
}

export const press = (action_id: string, value: string, more: object = {}): Said => ({
  action: { action_id, block_id: 'b', value, ...more },
})
const purser = (text: string): Said => ({ command: '/purser', text })
export const count =
  (kind: string) =>
  async (at: At): Promise<number> =>
    (await at.kinds()).filter((each) => each === kind).length

export const only = async (at: At): Promise<Run> => {
  const [row] = await at.store.runs({ team: OLGA.team }, 1)
  const run = row && (await at.engine.run(OLGA.team, row.id))
  if (!run) throw new Error('no run')
  return run
}

async function failed(at: At): Promise<{ run: Run; value: string }> {
  at.script.plan('mail', refusing, refusing, refusing)
  const run = await at.begin({ by: MAYA })
  const { key: step, version } = await at.step(run, 'mail')
  return { run, value: encodeStepRef({ run: run.id, step, version }) }
}

export const decide = async (at: At, decision: object, by: Person = TIM) => {
  const { id: run } = await only(at)
  const person = { kind: 'person', team: by.team, user: by.user } as const
  const answer = await at.engine.decide({ team: by.team, run, actor: person, decision } as Parameters<
    At['engine']['decide']
  >[0])
  if (answer.kind !== 'decided') throw new Error(JSON.stringify(answer))
  await at.clock.advance(0)
}
export const pauseIt = (at: At) => decide(at, { kind: 'pause', reason: 'audit week', until: null })

export async function pausedRun(at: At): Promise<Run> {
  const { run } = await failed(at)
  await pauseIt(at)
  return run
}

const holdOf = (at: At) => {
  const [hold] = at.engine.holds.standing(OLGA.team)
  if (!hold) throw new Error('no hold')
  return hold
}
async function incident(at: At): Promise<string> {
  at.script.plan('account', unavailable(), unavailable(), unavailable())
  await at.begin()
  await at.begin({ email: 'john@acme.example', name: 'John' })
  await at.clock.advance(0)
  return JSON.stringify({ h: holdOf(at).id })
}
const endPause = (at: At) =>
  at.engine.holds.decide({ team: OLGA.team, hold: holdOf(at).id, kind: 'resume', by: actor, reason: null })
const pauseAll = (at: At) =>
  at.engine.holds.pause({ team: OLGA.team, scope: { of: 'everything' }, by: actor, reason: 'again', until: null })

/** What the runs go by cannot be read any more. */
async function outdateRules(at: At): Promise<void> {
  const { rules } = at.ports
  const today = { ...rules.current(), version: rules.current().version + 1 }
  rules.current = () => today
  rules.at = async (version) => {
    if (version === today.version) return today
    throw new PersonNeeded({ code: 'rules-version-outdated', message: 'Not understood.', hint: 'x' })
  }
  await at.clock.advance(600_000)
}

const hook: Rules['hook'] = () => ({
  ...{ signature: 'standard-webhooks', idOf: () => null, typeOf: () => null },
  route: () => ({ kind: 'nothing' }),
})

/** What bears no version of what it is about: the ledger shows whether it was done. */
export const BY_LEDGER: Record<string, Deed> = {
  'a paused run goes on': {
    said: async (at) => press(actionIds.resumeRun, encodeRunRef((await pausedRun(at)).id)),
    between: pauseIt,
    times: count('decision.resume'),
  },
  'a paused run goes on, by the menu of a step': {
    async said(at) {
      const run = await pausedRun(at)
      const { key: step, version } = await at.step(run, 'mail')
      const block_id = stepBlockId({ run: run.id, step, version })
      return { action: { action_id: actionIds.stepMenu, block_id, selected_option: { value: 'resume' } } }
    },
    between: pauseIt,
    times: count('decision.resume'),
  },
  'a run goes on by the rules of today': {
    async said(at) {
      at.script.plan('mail', ...Array.from({ length: 8 }, () => unavailable()))
      const run = await at.begin()
      await outdateRules(at)
      return press(actionIds.useRules, encodeRunRef(run.id))
    },
    between: (at) => outdateRules(at),
    times: count('decision.use-rules'),
  },
  'one of an incident is tried': {
    options: { rules: { incidents: INCIDENTS } },
    said: async (at) => press('hold.release-one', await incident(at)),
    times: count('hold.decided'),
  },
  'the service of an incident is looked at': {
    options: { rules: { incidents: INCIDENTS } },
    said: async (at) => press('hold.probe', await incident(at)),
    times: count('hold.decided'),
  },
  'something that came is dealt with again': {
    options: { rules: { may: () => true, hook } },
    async said(at) {
      await at.inbox.start()
      const content = { kind: 'webhook', body: '{}', headers: {}, query: {} } as const
      const by = { kind: 'machine', part: 'hook', name: 'contracts' } as const
      const came = { team: OLGA.team, source: 'contracts', event: 'e1', type: null, content, by }
      const receipt = await at.inbox.receive(came)
      if (receipt.kind !== 'new') throw new Error(receipt.kind)
      await at.inbox.settle(OLGA.team, receipt.item)
      return press(actionIds.retryItem, encodeItemRef(receipt.item))
    },
    times: count('inbox.retried'),
  },
  'somebody wants to be reminded': {
    by: MAYA,
    options: { rules: RULES, workflows: [asking] },
    async said(at) {
      const run = await at.begin({ by: OLGA })
      const { key: step, version } = await at.step(run, 'ok')
      const block_id = stepBlockId({ run: run.id, step, version })
      return { action: { action_id: actionIds.remind, block_id, selected_option: { value: 'hours' } } }
    },
    times: count('ask.snoozed'),
  },
  'somebody is back': {
    async said(at) {
      await at.ports.absences.away({ ...OLGA, from: at.clock.now(), until: null, to: null, here: false })
      return press(actionIds.sayBack, '')
    },
    between: (at) => at.ports.absences.away({ ...OLGA, from: at.clock.now(), until: null, to: null, here: false }),
    times: count('absence.ended'),
  },
  '/purser away': { said: async () => purser('away for 3d'), times: count('absence.said') },
  '/purser back': {
    async said(at) {
      await at.ports.absences.away({ ...OLGA, from: at.clock.now(), until: null, to: null, here: false })
      return purser('back')
    },
    between: (at) => at.ports.absences.away({ ...OLGA, from: at.clock.now(), until: null, to: null, here: false }),
    times: count('absence.ended'),
  },
  '/purser pause of everything': {
    said: async () => purser('pause everything the vendor moves house'),
    between: endPause,
    times: count('hold.opened'),
  },
  '/purser resume of everything': {
    async said(at) {
      await pauseAll(at)
      return purser('resume everything')
    },
    between: pauseAll,
    times: async (at) => await count('hold.decided')(at),
  },
  '/purser pause of a run': {
    async said(at) {
      await failed(at)
      return purser('pause Jane Doe: audit week')
    },
    between: (at) => decide(at, { kind: 'resume', reason: null }),
    times: count('decision.pause'),
  },
  '/purser resume of a run': {
    async said(at) {
      await pausedRun(at)
      return purser('resume Jane Doe')
    },
    between: pauseIt,
    times: count('decision.resume'),
  },
}

/** What bears the version of its step, or the name of one thing that ends for good. */
export const BY_VERSION: Record<string, Deed> = {
  Retry: {
    said: async (at) => press(actionIds.retry, (await failed(at)).value),
    times: count('decision.retry'),
  },
  'Take over': {
    async said(at) {
      at.script.plan('mail', unavailable(), unavailable())
      const run = await at.begin()
      const { key: step, version } = await at.step(run, 'mail')
      return press(actionIds.takeOver, encodeStepRef({ run: run.id, step, version }))
    },
    between: async (at) => {
      const { key: step, version: stepVersion } = await at.step(await only(at), 'mail')
      at.script.plan('mail', unavailable(), unavailable())
      await decide(at, { kind: 'retry', step, stepVersion, provenAbsent: false, rules: 'own' })
    },
    times: count('decision.take-over'),
  },
}
