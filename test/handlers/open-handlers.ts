import type { KnownBlock } from '@slack/types'
import { expect } from 'vitest'
import { handlers } from '../../handlers/index.ts'
import type { Person } from '../../src/domain/actor.ts'
import { UserMistake } from '../../src/domain/errors.ts'
import type { TeamId } from '../../src/domain/ids.ts'
import { type Run, type Step, stepOf } from '../../src/domain/run.ts'
import { createEngine } from '../../src/engine/create-engine.ts'
import type { WorkflowDefinition } from '../../src/engine/define-workflow.ts'
import { createInbox } from '../../src/engine/inbox/create-inbox.ts'
import type { AuditReader } from '../../src/ledger/create-audit-reader.ts'
import type { MakePacket } from '../../src/ledger/packet/packet-in-thread.ts'
import type { VerifyLedger } from '../../src/ledger/verify/verify-in-thread.ts'
import type { Action, Rules } from '../../src/rules/rules.ts'
import { keepAbsences } from '../../src/slack/absence/keep-absences.ts'
import { answerWindow, closeWindow } from '../../src/slack/answer-window.ts'
import type { ButtonPress, HandlerPorts, SubmissionAnswer } from '../../src/slack/handler.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { createHomeScreens } from '../../src/slack/home/home-screens.ts'
import { keepSnoozes } from '../../src/slack/keep-snoozes.ts'
import { stampWindows } from '../../src/slack/stamp-windows.ts'
import { refused } from '../../views/answers/private.ts'
import { employeeOnboarding } from '../../workflows/employee-onboarding.ts'
import { look, scriptedEgress } from '../engine/scripted-egress.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { OTHER_TEAM, TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { bookOf, testRules } from '../support/test-rules.ts'
import { memoryStore } from '../support/test-store.ts'
import { settle } from '../support/turns.ts'
import { entered } from './entered.ts'
import { fakeDirectory, OLGA, slackPeople } from './people.ts'

export { GUS, MAYA, NED, OLGA, OTTO, TIM } from './people.ts'

import { recordingSurface } from './recording-surface.ts'
import { onboarding } from './sample-workflow.ts'

/** What a ledger comes to that nobody touched. */
const VERIFIED = {
  ...{ findings: [], wrong: 0, sealed: 1_200, unsealed: 3, archived: 200 },
  held: { anchored: 2, stored: 5 },
}

const MAY: Readonly<Record<string, readonly Action[]>> = {
  ops: ['start', 'see', 'retry', 'skip', 'mark-done', 'escalate', 'cancel', 'pause', 'audit', 'audit-export'],
  teammates: ['see', 'retry', 'skip', 'escalate'],
  managers: ['see', 'audit'],
}

const may: Rules['may'] = ({ groups }, action) => groups.some((group) => MAY[group]?.includes(action))

/** How somebody's click or word reaches Purser. */
interface From {
  /** Where Slack says the person belongs, when it is elsewhere. */
  homeTeam?: TeamId
  /** App Home and forms have no channel. */
  nowhere?: boolean
  /** The Home or window that the button stands in. */
  view?: ButtonPress['view']
}

function fail(error: unknown): never {
  throw error
}

/** The handlers over a real engine and store; Slack and the directory are faked at their ports. */
export async function openHandlers(
  options: { rules?: Partial<Rules>; workflows?: readonly WorkflowDefinition[] } = {},
) {
  const clock = createFakeClock()
  const ids = testIds(clock)
  const opened = memoryStore()
  const { store } = opened
  const held = await testKeys(clock, [TEAM, OTHER_TEAM])
  const ledger = testLedger({ store, keys: held.keys, clock })
  const script = scriptedEgress()
  const rules = bookOf({ ...testRules(), may, whoMay: () => 'Ops or Managers', ...options.rules })
  const workflows = options.workflows ?? [onboarding]
  const engine = createEngine({
    ...{ store, ledger, rules, workflows, clock, ids, keys: held.keys, egress: script.egress },
    configured: new Set(['vendor']),
    watched: {
      team: TEAM,
      services: [{ service: 'vendor', title: 'Vendor', probe: look }],
      openTicket: async () => ({ key: 'OPS-2', url: 'https://jira.example/OPS-2' }),
    },
    openTicket: async () => ({ key: 'OPS-1', url: 'https://jira.example/OPS-1' }),
    onStale: () => home.nudge(),
    onAwaiting: (begun) => inbox.onAwaiting(begun),
    onPeople: (run) => kept.onPeople(run),
    onError: fail,
  })
  const inbox = createInbox({ store, ledger, rules, clock, ids, keys: held.keys, engine, onError: fail })
  const surface = recordingSurface()
  const fresh = { is: true }
  const services = new Map([['vendor', 'Vendor']])
  const directory = fakeDirectory(fresh)
  const audit: AuditReader = {
    async page({ filter, before, limit }) {
      const entries = await store.entries(filter, before, limit + 1)
      const shown = entries.slice(0, limit)
      const next = entries.length > limit ? (shown.at(-1)?.core.id ?? null) : null
      return { entries: shown, next, complete: true }
    },
    async close() {},
  }
  const packets: MakePacket = async ({ scope }, nameActors) => ({
    zip: Buffer.from(
      `${scope.title} ${JSON.stringify(await nameActors([`slack:${TEAM}/${OLGA.user}`, 'purser:engine']))}`,
    ),
    entries: 12,
    runs: 1,
  })
  const verify: VerifyLedger = async () => VERIFIED
  const { people, otherwise } = slackPeople()
  const kept = keepAbsences({ store, engine, directory: people, ledger, rules, clock, ids, team: TEAM, onError: fail })
  const troubles: unknown[] = []
  const snoozing = keepSnoozes({
    ...{ store, engine, workflows, directory, surface: surface.port, ledger, clock, ids },
    onError: (error) => troubles.push(error),
    context: () => drawContext(ports),
  })
  /** Cards that the painter was asked to try again, by press. */
  const tried: (readonly string[])[] = []
  const parts = {
    painter: { tryAgain: (cards: readonly string[]) => void tried.push(cards) },
    ...{ packets, verify, keys: held.keys, absences: kept.absences, snoozes: snoozing.snoozes },
    ...{
      engine,
      inbox,
      store,
      ledger,
      audit,
      rules,
      directory,
      surface: stampWindows(surface.port, held.keys),
      workflows,
      clock,
      ids,
      services,
    },
  }
  const home = createHomeScreens(parts, { onError: fail })
  const ports: HandlerPorts = { ...parts, home }

  const asked = (who: Person, from: From) => ({
    team: who.team,
    user: who.user,
    homeTeam: from.homeTeam ?? who.team,
    place: {
      team: who.team,
      user: who.user,
      channel: from.nowhere ? null : 'C0OPS',
      threadTs: null,
      responseUrl: from.nowhere ? null : 'https://slack.example/respond',
    },
  })
  let windows = 0

  const filledIn = (values: Record<string, unknown>, who: Person, from: From = {}) => {
    const view = surface.windows.at(-1)
    const handler = handlers.modals.find((each) => each.callback === view?.callback_id)
    if (!view || !handler) throw new Error(`nobody answers ${view?.callback_id}`)
    const submission = {
      ...asked(who, { ...from, nowhere: true }),
      viewId: `V${windows}`,
      blocks: view.blocks,
      values: entered(view.blocks, values),
      metadata: view.private_metadata ?? '',
    }
    return { view, handler, submission }
  }

  const at = {
    people: (who: Person, parts: Partial<Person> | null) => otherwise.set(who.user, parts),
    ...{ kept, snoozing, troubles, clock, store, ledger, engine, inbox, script, surface, fresh, ports },
    ...{ ids, keys: held.keys, tried },
    async slash(command: string, text: string, who: Person, from: From = {}) {
      const handler = handlers.commands.find((each) => each.command === command)
      if (!handler) throw new Error(`nobody answers ${command}`)
      const call = { ...asked(who, from), text, triggerId: `T${++windows}` }
      await heard(() => handler.handle(call, ports), who)
    },
    /** Presses what was drawn: a button by its text, a menu's entry by `⋯ ` and its text. */
    async click(blocks: readonly KnownBlock[], text: string, who: Person, from: From = {}) {
      await at.press(pressable(blocks, text), who, from)
    },
    async press(action: Record<string, unknown>, who: Person, from: From = {}) {
      const id = String(action.action_id)
      const answering = handlers.buttons.filter((each) =>
        typeof each.action === 'string' ? each.action === id : each.action.test(id),
      )
      expect(answering).toHaveLength(1)
      const value = typeof action.value === 'string' ? action.value : null
      const press: ButtonPress = {
        ...asked(who, from),
        action,
        value,
        triggerId: `T${++windows}`,
        view: from.view ?? null,
      }
      await heard(async () => await answering[0]?.handle(press, ports), who)
    },
    /** Sends the window that was opened last. */
    async submit(values: Record<string, unknown>, who: Person, from: From = {}): Promise<SubmissionAnswer> {
      const { handler, submission } = filledIn(values, who, from)
      const answer = await answerWindow(ports, handler, submission)
      await settle()
      if (answer.kind !== 'close') return answer
      await answer.after?.()
      return { kind: 'close' }
    },
    /** Closes the window that was opened last: Slack tells what stood in it when the window asked for it. */
    async close(values: Record<string, unknown>, who: Person) {
      const { view, handler, submission } = filledIn(values, who)
      if (view.notify_on_close) await closeWindow(ports, handler, submission)
    },
    async say(text: string, who: Person, where: { channel?: string; from?: From } = {}) {
      const channel = where.channel ?? 'D0DM'
      const threadTs = channel.startsWith('D') ? null : '1.1'
      await heard(
        () => handlers.said({ ...asked(who, where.from ?? {}), text, channel, ts: '1.1', threadTs }, ports),
        who,
      )
    },
    home: (who: Person, from: From = {}) => handlers.homeOpened(asked(who, { ...from, nowhere: true }), ports),
    async begin({
      by = OLGA,
      ...parts
    }: {
      email?: string
      name?: string
      role?: string
      by?: Person
    } = {}): Promise<Run> {
      const input = { email: 'jane@acme.example', name: 'Jane Doe', ...parts }
      const actor = { kind: 'person', team: by.team, user: by.user } as const
      const call = { team: by.team, workflow: 'employee-onboarding', input, actor, startKey: `V-${input.email}` }
      const answer = await engine.start(call)
      if (answer.kind !== 'started') throw new Error(`not started: ${JSON.stringify(answer)}`)
      await settle()
      return answer.run
    },
    async run(of: Run): Promise<Run> {
      const run = await engine.run(of.team, of.id)
      if (!run) throw new Error('no such run')
      return run
    },
    async step(of: Run, key: string): Promise<Step> {
      const run = await at.run(of)
      const step = run.steps.find((each) => each.key === key) && stepOf(run, key as Step['key'])
      if (!step) throw new Error(`no step ${key}`)
      return step
    },
    async kinds(): Promise<string[]> {
      const entries = await store.entries({ team: TEAM }, null, 500)
      return entries.map(({ core }) => core.kind).reverse()
    },
    async [Symbol.asyncDispose]() {
      home.stop()
      await kept.stop()
      await snoozing.stop()
      await opened[Symbol.asyncDispose]()
      held[Symbol.dispose]()
    },
  }

  /** As the app's one wrapper does it: a mistake goes to whoever made it. */
  const heard = async (work: () => Promise<void>, who: Person): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error
      await surface.port.whisper(asked(who, {}).place, refused(error))
    }
    await settle()
  }
  return at
}

/** The workflow with the form that ops staff see. */
export const realWorkflows: readonly WorkflowDefinition[] = [employeeOnboarding]

interface Element {
  type: string
  block_id?: string
  text?: { text: string }
  options?: { text: { text: string }; value: string }[]
}

function pressable(blocks: readonly KnownBlock[], text: string): Record<string, unknown> {
  for (const block of blocks as unknown as { block_id?: string; elements?: Element[]; accessory?: Element }[]) {
    for (const element of [...(block.elements ?? []), ...(block.accessory ? [block.accessory] : [])]) {
      if (element.type === 'button' && element.text?.text === text) return { ...element, block_id: block.block_id }
      const option = element.options?.find((each) => `⋯ ${each.text.text}` === text)
      if (option) return { ...element, block_id: block.block_id, selected_option: option }
    }
  }
  throw new Error(`there is nothing to press called ${text}`)
}
