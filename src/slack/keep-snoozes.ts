import type { Store } from '../../db/store.ts'
import { reminder } from '../../views/cards/reminder.ts'
import type { DrawContext } from '../../views/drawing.ts'
import type { Clock } from '../clock.ts'
import { type Actor, actorText, person as personActor } from '../domain/actor.ts'
import { PermanentFailure } from '../domain/errors.ts'
import type { Ids } from '../domain/ids.ts'
import { stepOf } from '../domain/run.ts'
import type { Snooze } from '../domain/snooze.ts'
import type { Engine } from '../engine/decisions.ts'
import type { WorkflowDefinition } from '../engine/define-workflow.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { answererOf, standingIn } from './ask/list-asks.ts'
import type { Directory } from './directory.ts'
import { actorsIn } from './draw-card.ts'
import type { Surface } from './surface.ts'

/** Slack could not be reached. */
const AGAIN_MS = 60_000
const PAGE = 100
const PAINTER: Actor = { kind: 'machine', part: 'painter' }

interface Ports {
  store: Pick<Store, 'commit' | 'dueSnoozes' | 'nextSnooze'>
  engine: Pick<Engine, 'run'>
  workflows: readonly WorkflowDefinition[]
  directory: Directory
  surface: Pick<Surface, 'openDirect' | 'post'>
  ledger: Pick<Ledger, 'entry'>
  clock: Clock
  ids: Ids
  context(): DrawContext
  onError(error: unknown): void
}

/** What people want to be reminded of later, each by themselves. */
export interface Snoozes {
  /** Notes it on disk; what they had said of the same step before no longer counts. */
  set(snooze: Snooze): Promise<void>
}

export interface KeptSnoozes {
  snoozes: Snoozes
  start(): void
  stop(): Promise<void>
}

/** Tells people in a direct message what they wanted to be reminded of, when the time has come and it still waits for them. */
export function keepSnoozes(ports: Ports): KeptSnoozes {
  const { store, clock } = ports
  let state: 'shut' | 'open' | 'stopped' = 'shut'
  let cancel = (): void => {}
  let working: Promise<void> = Promise.resolve()

  const wakeAt = (at: number): void => {
    if (state !== 'open') return
    cancel()
    cancel = clock.after(Math.max(0, at - clock.now()), look)
  }

  function look(): void {
    working = working.then(remindAll).catch((error: unknown) => {
      ports.onError(error)
      wakeAt(clock.now() + AGAIN_MS)
    })
  }

  async function remindAll(): Promise<void> {
    if (state !== 'open') return
    for (const due of await store.dueSnoozes(clock.now(), PAGE)) {
      const told = await remind(ports, due)
      await over(due, told)
    }
    const next = await store.nextSnooze()
    if (next !== null) wakeAt(next)
  }

  const over = async (snooze: Snooze, told: boolean): Promise<void> => {
    const { team, run, step } = snooze
    const at = clock.now()
    const entry = ports.ledger.entry({
      ...{ id: ports.ids.entry(), team, at, kind: 'ask.reminded', actor: actorText(PAINTER) },
      ...{ subjects: [], run, step, facts: { user: snooze.user } },
    })
    const entries = told ? [entry] : []
    await store.commit({ at, entries, snooze: { kind: 'over', snooze } })
  }

  return {
    snoozes: {
      async set(snooze) {
        const { team, user, run, step, until } = snooze
        const at = clock.now()
        const entry = ports.ledger.entry({
          ...{ id: ports.ids.entry(), team, at, kind: 'ask.snoozed', actor: actorText(personActor(team, user)) },
          ...{ subjects: [], run, step, facts: { until } },
        })
        await store.commit({ at, entries: [entry], snooze: { kind: 'set', snooze } })
        look()
      },
    },
    start() {
      state = 'open'
      look()
    },
    async stop() {
      state = 'stopped'
      cancel()
      await working
    },
  }
}

/** Whether somebody was told; what is no longer asked of them is not worth a message, nor somebody whom Slack refuses. */
async function remind(ports: Ports, { team, user, run: id, step: key, until }: Snooze): Promise<boolean> {
  const run = await ports.engine.run(team, id)
  const outline = ports.workflows.find(({ name }) => name === run?.workflow)?.outline
  const step = run && stepOf(run, key)
  const person = await ports.directory.person(team, user)
  if (!run || !outline || !step || !person || standingIn(run, step, answererOf(person)) !== 'may') return false
  await ports.directory.learn(actorsIn(run))
  try {
    const channel = await ports.surface.openDirect(team, user)
    const about = { team, subjects: [run.subject.id], run: run.id, step: step.key }
    // Its key finds the message that a crash left without a note that it was sent.
    const card = {
      channel,
      threadTs: null,
      key: `remind/${id}/${key}/${user}/${until}`,
      notBefore: until,
      mayStand: true,
    }
    await ports.surface.post(card, reminder({ run, outline, step }, ports.context()), about)
    return true
  } catch (error) {
    if (error instanceof PermanentFailure) ports.onError(error)
    else throw error
    return false
  }
}
