import type fc from 'fast-check'
import { createInbox } from '../../../src/engine/inbox/create-inbox.ts'
import type { Inbox } from '../../../src/engine/inbox/inbox.ts'
import type { openEngine } from '../../engine/open-engine.ts'
import { TEAM } from '../../support/test-ids.ts'
import { bookOf } from '../../support/test-rules.ts'
import type { EventNode, Node } from './random-graph.ts'

type Engine = Awaited<ReturnType<typeof openEngine>>
type Step = { key: string; status: string }

const SENDER = { kind: 'machine', part: 'api', name: 'outside' } as const

/** What the event of a step is called, and by what key it is told from others. */
export const eventOf = (step: string) => ({ event: `event-${step}`, key: `key-${step}` })

interface Letter {
  step: string
  id: string
  payload: unknown
  when: EventNode['comes']
}

/** Sends what the graph's steps wait for: when they do, before, behind their deadline; malformed, or more than once. */
export function createMail(at: Engine, { graph, scheduler }: { graph: readonly Node[]; scheduler: fc.Scheduler }) {
  const letters = graph.flatMap(({ kind, event }, index) => (kind === 'event' ? lettersFor(`s${index}`, event) : []))
  const sent = new Set<Letter>()
  const open = async (): Promise<Inbox> => {
    const inbox = createInbox({
      ...{ store: at.store, ledger: at.ledger, keys: at.keys, clock: at.clock, ids: at.ids },
      rules: bookOf(at.rules.now),
      engine: { start: (call) => at.engine().start(call), give: (call) => at.engine().give(call) },
      onError: (error) => at.errors.push(error),
    })
    at.told.awaiting = inbox.onAwaiting
    await inbox.start()
    return inbox
  }
  let inbox: Inbox | null = null
  return {
    /** Another process takes over what is there. */
    async reopen(): Promise<void> {
      void inbox?.stop()
      inbox = letters.length === 0 ? null : await open()
    },
    /** Sends all whose time is there, each when its turn comes; answers with how many. */
    send(steps: readonly Step[]): number {
      const due = letters.filter((letter) => !sent.has(letter) && isDue(letter, steps))
      for (const letter of due) {
        sent.add(letter)
        const { id, step, payload } = letter
        const { event, key } = eventOf(step)
        const content = { kind: 'event', event, key, payload } as const
        void scheduler.schedule(Promise.resolve(), `${id} of ${step}`).then(async () => {
          const came = { team: TEAM, source: 'api:outside', event: id, type: event, content, by: SENDER }
          const receipt = await inbox?.receive(came)
          if (receipt?.kind === 'new') await inbox?.settle(TEAM, receipt.item)
        })
      }
      return due.length
    },
    stop: async () => await inbox?.stop(),
  }
}

function lettersFor(step: string, { comes, also }: EventNode): Letter[] {
  if (comes === 'never') return []
  const right = { step, id: `${step}/right`, payload: `done ${step}`, when: comes }
  const wrong = { ...right, id: `${step}/wrong`, payload: 7 }
  const others = {
    nothing: [],
    wrong: [wrong],
    redelivery: [{ ...right }],
    second: [{ ...right, id: `${step}/second` }],
  } satisfies Record<EventNode['also'], Letter[]>
  return [...others[also], right]
}

function isDue({ step, when }: Letter, steps: readonly Step[]): boolean {
  const status = steps.find(({ key }) => key === step)?.status
  if (when === 'early') return true
  // When it failed it was too late; by then somebody may have had it wait anew.
  return when === 'waiting' ? status === 'waiting' || status === 'succeeded' : status === 'failed'
}
