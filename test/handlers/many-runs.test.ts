import { describe, expect, test } from 'vitest'
import type { Run } from '../../src/domain/run.ts'
import { encodeRun } from '../../src/engine/run-codec.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { homeModel } from '../../src/slack/home/home-model.ts'
import { EVERYTHING } from '../../views/home/home-filter.ts'
import { homeView } from '../../views/home/home-view.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { wordsOf } from '../views/drawn.ts'
import { OLGA, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

const MANY = 2_500

/** Runs like this one that began after all others; most of them wait. */
async function newerRuns(at: At, like: Run): Promise<void> {
  const one = async (n: number): Promise<void> => {
    const subject = { ...like.subject, id: at.ids.subject(), key: `n${n}@acme.example` }
    const startedBy = { kind: 'machine', part: 'schedule' } as const
    const status = n % 5 === 0 ? 'running' : 'waiting'
    const run: Run = { ...like, id: at.ids.run(), status, subject, startedBy, endedAt: null }
    await at.keys.ensure([subject.id])
    const row = encodeRun(run, at.keys, { wakeAt: null, manager: null })
    const insert = { kind: 'insert', run: row, startKey: run.id } as const
    await at.store.commit({ at: at.clock.now(), entries: [], run: insert, subject: { team: like.team, ...subject } })
  }
  await Promise.all(Array.from({ length: MANY }, (_, n) => one(n)))
}

async function olga(at: At) {
  const person = await at.ports.directory.person(OLGA.team, OLGA.user)
  if (!person) throw new Error('nobody knows Olga')
  return person
}

async function answer(at: At, words: string): Promise<string> {
  await at.say(words, OLGA)
  return at.surface.last().words
}

describe('behind thousands of newer runs', () => {
  test('what is stuck, owed and one’s own is found, and everything is counted', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    await newerRuns(at, run)
    expect(await answer(at, 'what is stuck?')).toMatch(/1 run waits for somebody.*Jane Doe/s)
    expect(await answer(at, 'what did I start?')).toMatch(/1 run of yours under way.*Jane Doe/s)
    expect(await answer(at, 'what is running?')).toContain(`${MANY + 1} runs under way`)
    expect(await answer(at, 'what went wrong?')).toContain('Open the mailbox stopped')
    expect(await answer(at, 'what have you done today?')).toContain(`${MANY + 1 - 500} older runs were not looked into`)
    const model = await homeModel(at.ports, await olga(at), EVERYTHING)
    expect(model.needsYou).toMatchObject({ count: 1, first: [{ run: { id: run.id } }] })
    expect(model.inFlight.count).toBe(MANY)
    const mine = await homeModel(at.ports, await olga(at), { ...EVERYTHING, whose: 'mine', state: 'blocked' })
    expect(mine.inFlight).toMatchObject({ count: 1, first: [{ run: { id: run.id } }] })
    const step = await at.step(run, 'mail')
    const actor = { kind: 'person', team: OLGA.team, user: OLGA.user } as const
    const decision = { kind: 'skip', step: step.key, stepVersion: step.version, reason: 'Later.' } as const
    await at.engine.decide({ team: OLGA.team, run: run.id, actor, decision })
    expect(await answer(at, 'what is owed?')).toMatch(/1 thing is still owed.*Jane Doe/s)
  })

  test('a Home turns its pages to the last one', async () => {
    await using at = await openHandlers()
    await newerRuns(at, await at.begin())
    const model = await homeModel(at.ports, await olga(at), { ...EVERYTHING, page: 1_000 })
    const { blocks } = homeView(model, drawContext(at.ports))
    expect(wordsOf(blocks)).toContain(`Under way: ${MANY}`)
    expect(JSON.stringify(blocks)).toContain('Newer: page 312')
    expect(JSON.stringify(blocks)).not.toContain('Older')
  })
})
