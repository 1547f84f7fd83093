import { setImmediate as turn } from 'node:timers/promises'
import { z } from 'zod'
import type { Actor } from '../../../src/domain/actor.ts'
import type { EntryCore } from '../../../src/domain/entry.ts'
import type { Run, Step } from '../../../src/domain/run.ts'
import type { DecisionAnswer } from '../../../src/engine/decisions.ts'
import { workflow } from '../../../src/engine/define-workflow.ts'
import type { openEngine } from '../../engine/open-engine.ts'
import { onWire, refusing, unavailable, vendor } from '../../engine/scripted-egress.ts'
import { JANE, JOHN, TEAM } from '../../support/test-ids.ts'
import { settle } from '../../support/turns.ts'
import type { Random } from '../support/random.ts'

type Engine = Awaited<ReturnType<typeof openEngine>>

/** One step is all that a race needs. */
export const raced = workflow(
  {
    name: 'raced',
    version: 1,
    title: 'Raced',
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step }) => {
    step('only', {
      title: 'The only step',
      uses: [vendor],
      output: z.object({ id: z.string() }),
      run: ({ use }) => use(vendor).make(),
    })
  },
)

export type RaceKind = 'two people' | 'a click and an automatic retry' | 'a click and a late answer'
export const RACES: readonly RaceKind[] = ['two people', 'a click and an automatic retry', 'a click and a late answer']

export interface Race {
  /** Who won, for the count of how even it was. */
  winner: string
  violations: string[]
}

/** Lets two of them go for one step at nearly the same moment. */
export async function race(
  at: Engine,
  kind: RaceKind,
  { number, random }: { number: number; random: Random },
): Promise<Race> {
  at.script.calls.length = 0
  const field = { at, random, email: `person-${number}@acme.example`, key: `V${number}` }
  switch (kind) {
    case 'two people':
      return await twoPeople(field)
    case 'a click and an automatic retry':
      return await clickAndRetry(field)
    case 'a click and a late answer':
      return await clickAndAnswer(field)
  }
}

interface Field {
  at: Engine
  random: Random
  email: string
  key: string
}

const pick = <T>(random: Random, from: readonly [T, ...T[]]): T => from[Math.floor(random() * from.length)] ?? from[0]

async function after(turns: number): Promise<void> {
  for (let count = 0; count < turns; count++) await turn()
}

async function twoPeople({ at, random, email, key }: Field): Promise<Race> {
  at.script.plan('only', refusing)
  const run = await at.begin({ email }, key)
  const step = await at.step(run.id, 'only')
  const press = async (actor: Actor) => {
    const kind = pick(random, ['retry', 'skip', 'mark-done'] as const)
    await after(Math.floor(random() * 4))
    return { actor, kind, answer: await decide(at, run, { kind, step, actor }) }
  }
  const both = await Promise.all([press(JANE), press(JOHN)])
  await settle()
  const end = await endOf(at, run)
  const winners = both.filter(({ answer }) => answer.kind === 'decided')
  const [winner] = winners
  const losers = both.filter(({ answer }) => answer.kind === 'too-late')
  const told = losers.flatMap(({ answer }) => (answer.kind === 'too-late' ? [answer.by?.by] : []))
  return {
    winner: winner ? (winner.actor === JANE ? 'the first' : 'the second') : 'nobody',
    violations: [
      ...(winners.length === 1 && losers.length === 1 ? [] : [`${winners.length} winners, ${losers.length} losers`]),
      ...(told.every((by) => same(by, winner?.actor)) ? [] : ['the loser is told of somebody else']),
      ...entered(end, winner?.kind ?? 'retry', 1),
      ...fits(end.step, winner?.kind ?? null, winner?.actor ?? null),
    ],
  }
}

async function clickAndRetry({ at, random, email, key }: Field): Promise<Race> {
  at.script.plan('only', unavailable())
  const run = await at.begin({ email }, key)
  await at.clock.advance(59_000)
  const step = await at.step(run.id, 'only')
  const kind = pick(random, ['retry', 'skip', 'mark-done'] as const)
  const [answer] = await Promise.all([
    // The clock lets everything come to rest before its timers end: the click falls around that moment.
    after(34 + Math.floor(random() * 16)).then(() => decide(at, run, { kind, step, actor: JANE })),
    at.clock.advance(1_000),
  ])
  await settle()
  const end = await endOf(at, run)
  const clicked = answer.kind === 'decided'
  const sends = !clicked || kind === 'retry' ? 2 : 1
  return {
    winner: clicked ? 'the click' : 'the retry',
    violations: [
      ...(clicked || answer.kind === 'too-late' ? [] : [`the click came to ${answer.kind}`]),
      ...(at.script.calls.length === sends ? [] : [`${at.script.calls.length} sends instead of ${sends}`]),
      ...entered(end, kind, clicked ? 1 : 0),
      ...fits(end.step, clicked ? kind : null, JANE),
    ],
  }
}

async function clickAndAnswer({ at, random, email, key }: Field): Promise<Race> {
  const wire = onWire()
  at.script.plan('only', async (scope) => {
    const parts = { code: 'http-503', message: 'vendor answered 503.', hint: 'Wait.' }
    scope.onFailing?.({ consequence: 'retry', ...parts, service: 'vendor', operation: 'thing.make', status: 503 })
    return await wire.behaviour(scope)
  })
  const run = await at.begin({ email }, key)
  await at.clock.advance(45_000)
  const step = await at.step(run.id, 'only')
  const kind = pick(random, ['retry', 'skip', 'mark-done'] as const)
  const [answer] = await Promise.all([
    after(Math.floor(random() * 4)).then(() => decide(at, run, { kind, step, actor: JANE })),
    after(Math.floor(random() * 4)).then(() => wire.answer('answered')),
  ])
  await settle()
  const end = await endOf(at, run)
  const clicked = answer.kind === 'decided'
  const late = end.entries.filter((core) => core.kind === 'step.late-answer').length
  const kept = end.step.status === 'succeeded' && same(end.step.output, { id: 'answered' })
  return {
    winner: clicked ? 'the click' : 'the answer',
    violations: [
      ...(clicked || answer.kind === 'too-late' ? [] : [`the click came to ${answer.kind}`]),
      ...((clicked ? late === 1 : kept) ? [] : [`the answer is lost: ${late} late answers, ${end.step.status}`]),
      ...entered(end, kind, clicked ? 1 : 0),
      ...fits(end.step, clicked ? kind : null, JANE),
    ],
  }
}

/** An escalation is no rival: whoever decides may do so beside it. */
type Pressed = 'retry' | 'skip' | 'mark-done'

function decide(at: Engine, run: Run, press: { kind: Pressed; step: Step; actor: Actor }): Promise<DecisionAnswer> {
  const about = { step: press.step.key, stepVersion: press.step.version, reason: 'as agreed' }
  const more = { provenAbsent: false, output: { id: 'by hand' } }
  const decision = { kind: press.kind, ...about, ...more } as Parameters<
    ReturnType<Engine['engine']>['decide']
  >[0]['decision']
  return at.engine().decide({ team: TEAM, run: run.id, actor: press.actor, decision })
}

interface End {
  run: Run
  step: Step
  entries: EntryCore[]
}

async function endOf(at: Engine, { id }: Run): Promise<End> {
  const entries = await at.store.entries({ team: TEAM, run: id }, null, 200)
  return { run: await at.run(id), step: await at.step(id, 'only'), entries: entries.map(({ core }) => core) }
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** A click is entered as what it was, or as refused: once. */
function entered({ entries }: End, kind: Pressed, times: number): string[] {
  const made = entries.filter((core) => core.kind.startsWith('decision.') && core.kind !== 'decision.refused')
  const isRight = made.length === times && made.every((core) => core.kind === `decision.${kind}`)
  return isRight ? [] : [`decisions in the ledger: ${made.map((core) => core.kind).join(', ')}`]
}

/** The step is as whoever won left it. */
function fits(step: Step, won: Pressed | null, by: Actor | null): string[] {
  const isFit = (): boolean => {
    switch (won) {
      case 'skip':
        return step.status === 'skipped' && same(step.by, by)
      case 'mark-done':
        return step.status === 'succeeded' && same(step.markedBy, by)
      default:
        return step.status === 'succeeded' && step.markedBy === null
    }
  }
  return isFit() ? [] : [`${won ?? 'nobody'} won, and the step is ${step.status}`]
}
