import fc from 'fast-check'
import { expect } from 'vitest'
import { PermanentFailure, RetryLater } from '../../../src/domain/errors.ts'
import { ended, type Run, type Step } from '../../../src/domain/run.ts'
import type { DecisionRequest } from '../../../src/engine/decisions.ts'
import { MAYA, OPAL } from '../../engine/asked-people.ts'
import { openEngine } from '../../engine/open-engine.ts'
import { TEAM } from '../../support/test-ids.ts'
import { testRules } from '../../support/test-rules.ts'
import { settle } from '../../support/turns.ts'
import { createMail } from './mail.ts'
import { endsOf } from './model.ts'
import { eventRule, graphs, type Node, workflowOf } from './random-graph.ts'
import { type Holding, holdings, holdRuns } from './random-holds.ts'
import { INCIDENTS, letItFail, type Weather, watched, weathers } from './random-outages.ts'

const HOUR_MS = 3_600_000
const MOST_ROUNDS = 600

interface Story {
  graph: Node[]
  scheduler: fc.Scheduler
  /** Rounds in which the process dies, and those in which the clock is set. */
  crashes: number[]
  jumps: { round: number; ms: number }[]
  holds: Holding[]
  /** Whether it stands behind the brake at first. */
  isBraked: boolean
  /** How the service is that some of them call. */
  weather: Weather
}

const counts = {
  runs: 0,
  crashes: 0,
  jumps: 0,
  clicks: 0,
  failures: 0,
  answers: 0,
  letters: 0,
  pauses: 0,
  brakes: 0,
  checks: 0,
  'service pauses': 0,
  'incidents checked': 0,
  refused: 0,
  looks: 0,
  incidents: 0,
  reopened: 0,
  releases: 0,
  presses: 0,
}
type Engine = Awaited<ReturnType<typeof openEngine>>

const stories: fc.Arbitrary<Story> = fc.record({
  graph: graphs,
  scheduler: fc.scheduler(),
  crashes: fc.array(fc.nat(25), { maxLength: 3 }),
  jumps: fc.array(fc.record({ round: fc.nat(25), ms: fc.constantFrom(HOUR_MS, -HOUR_MS) }), { maxLength: 3 }),
  holds: holdings,
  isBraked: fc.constantFrom(false, false, true),
  weather: weathers,
})

/** Random workflows end as the model says, in whatever order answers, clicks, restarts and jumps of the clock come. */
export async function proveModel(parameters: fc.Parameters<[Story]>): Promise<void> {
  await fc.assert(fc.asyncProperty(stories, carryThrough), parameters)
  const parts = Object.entries(counts).map(([what, times]) => `${times} ${what}`)
  console.info(`model: ${parts.join(', ')}, as the model says`)
  for (const [what, times] of Object.entries(counts)) expect(times, what).toBeGreaterThan(0)
}

/** One story of those that a seed gives. */
export async function repeatModel({ seed, path }: { seed: number; path: string }): Promise<void> {
  await fc.assert(fc.asyncProperty(stories, carryThrough), { seed, path, numRuns: 1 })
}

async function carryThrough({ graph, scheduler, crashes, jumps, holds, isBraked, weather }: Story): Promise<void> {
  const service = letItFail(weather)
  const called = new Map<string, number>()
  let lives = 0
  const { workflow, others } = workflowOf(graph, async (key, node, ask) => {
    const life = lives
    await scheduler.schedule(Promise.resolve(), key)
    // Of a process that is gone nothing is heard.
    if (life !== lives) return await new Promise<never>(() => undefined)
    await ask()
    if (life !== lives) return await new Promise<never>(() => undefined)
    const number = called.get(key) ?? 0
    called.set(key, number + 1)
    const fails = node.fails[number]
    counts[fails ? 'failures' : 'answers'] += 1
    const parts = { code: 'x', message: 'It failed.', hint: 'Mend it.' }
    if (fails === 'permanent') throw new PermanentFailure(parts)
    if (fails === 'retry') throw new RetryLater(parts)
    return `done ${key}`
  })
  const incidents = weather ? { incidents: INCIDENTS } : {}
  await using at = await openEngine({ workflow, others, ...incidents, ...(weather ? { watched } : {}) })
  const brake = isBraked ? { brake: { starts: 0, withinMs: 60_000 } } : {}
  at.rules.now = { ...testRules({ version: 2, ...brake, ...incidents }), event: eventRule(graph) }
  service.begin(at, graph)
  if (weather) await at.engine().recover()
  const mail = createMail(at, { graph, scheduler })
  await mail.reopen()
  const { id } = await at.begin()
  const held = holdRuns(at, { run: id, graph, all: holds })
  const asked = new Set<string>()
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await settle(8)
    await held.check()
    if (ended(await at.run(id))) break
    if (crashes.includes(round)) {
      counts.crashes += 1
      lives += 1
      // Its alarm must not ring in the next life.
      void at.engine().stop()
      await at.kill()
      await mail.reopen()
    }
    for (const jump of jumps.filter((each) => each.round === round)) {
      counts.jumps += 1
      at.clock.setBy(jump.ms)
    }
    await service.act(at, round)
    await held.act(round)
    counts.letters += mail.send((await at.run(id)).steps)
    await askPeople(at, { graph, scheduler, asked })
    if (scheduler.count() > 0) await scheduler.waitOne()
    else await at.clock.advance(service.isTold(at) ? 20_000 : 700_000)
  }
  await scheduler.waitAll()
  await settle(20)
  await mail.stop()
  await held.check()
  const { standing } = await service.end(at)
  expect(standing, 'an incident ends when its service works').toBe(0)
  await at.engine().stop()
  counts.runs += 1
  for (const [what, times] of Object.entries({ ...held.counts, ...service.counts })) {
    counts[what as keyof typeof counts] += times
  }
  await expectModel(at, await at.run(id), graph)
}

/** People answer what every card asks, once for each of its versions, and when their turn comes. */
async function askPeople(
  at: Engine,
  { graph, scheduler, asked }: { graph: Node[]; scheduler: fc.Scheduler; asked: Set<string> },
): Promise<void> {
  for (const { id } of await at.store.runs({ team: TEAM }, 50)) {
    const run = await at.run(id)
    for (const step of run.steps) {
      const decision = decisionOn(step, graph[Number(step.key.slice(1))])
      const once = `${id}/${step.key}/${step.version}`
      if (!decision || asked.has(once)) continue
      asked.add(once)
      const who = step.wait?.kind === 'task' ? OPAL : MAYA
      void scheduler.schedule(Promise.resolve(), `a click on ${step.key}`).then(async () => {
        counts.clicks += 1
        await at.engine().decide({ team: TEAM, run: id, actor: who.actor, decision })
      })
    }
  }
}

function decisionOn(step: Step, node: Node | undefined): DecisionRequest | null {
  const about = { step: step.key, stepVersion: step.version }
  if (step.status === 'failed' || step.status === 'unknown') return { kind: 'retry', ...about, provenAbsent: false }
  if (step.status !== 'waiting') return null
  const { actor: _maya, ...maya } = MAYA
  const { actor: _opal, ...opal } = OPAL
  if (step.wait?.kind === 'task') return { kind: 'complete', ...about, as: opal, output: 'done by hand' }
  if (step.wait?.kind !== 'approval') return null
  return node?.kind === 'refusal'
    ? { kind: 'refuse', ...about, as: maya, reason: 'not this time' }
    : { kind: 'approve', ...about, as: maya }
}

async function expectModel(at: Engine, run: Run, graph: readonly Node[]): Promise<void> {
  const ends = endsOf(graph)
  const found = graph.map((_, index) => run.steps.find(({ key }) => key === `s${index}`)?.status)
  expect(found).toEqual(ends)
  expect(run.status).toBe(ends.includes('refused') ? 'refused' : 'succeeded')
  const entries = await at.store.entries({ team: TEAM }, null, 2_000)
  const successes = entries.flatMap(({ core }) => (core.kind === 'step.succeeded' ? [`${core.run}/${core.step}`] : []))
  expect(new Set(successes).size, 'nothing succeeds twice').toBe(successes.length)
  expect(entries.filter(({ core }) => core.kind === 'run.ended' && core.run === run.id)).toHaveLength(1)
  expect(await at.store.openInbox(TEAM, ['new'], { after: null, limit: 1 }), 'nothing that came is left lying').toEqual(
    [],
  )
  expect(at.errors).toEqual([])
}
