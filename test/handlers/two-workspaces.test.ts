import { describe, expect, test } from 'vitest'
import { shortId } from '../../src/domain/ids.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { wordsOf } from '../views/drawn.ts'
import { MAYA, OLGA, OTTO, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** The same person in two workspaces, each about to start at another firm. */
async function open() {
  const at = await openHandlers()
  at.script.plan('mail', refusing)
  const ours = await at.begin({ name: 'Jane Ours' })
  at.script.plan('mail', refusing)
  const theirs = await at.begin({ name: 'Jane Secret', by: OTTO })
  return { at, ours, theirs }
}

const answer = async (at: At, words: string, who: typeof OLGA): Promise<string> => {
  await at.say(words, who)
  return at.surface.last().words
}

describe('two workspaces side by side', () => {
  test('each run what is about the same address, under subjects and keys of their own', async () => {
    const { at, ours, theirs } = await open()
    await using _ = at
    expect(theirs.team).not.toBe(ours.team)
    expect(theirs.subject.id).not.toBe(ours.subject.id)
    expect(await at.store.run(ours.team, theirs.id)).toBeNull()
    const cards = await at.store.cardsOf(theirs.id)
    expect(cards.length).toBeGreaterThan(0)
    for (const { id, team } of cards) {
      expect(team).toBe(theirs.team)
      expect(await at.store.card(ours.team, id)).toBeNull()
    }
  })

  test('get answers from their own runs only, whatever is asked', async () => {
    const { at, ours, theirs } = await open()
    await using _ = at
    const asked = [
      ...[
        'how is Jane?',
        'jane@acme.example',
        'what is stuck?',
        'what needs me?',
        'what is running?',
        'why did Jane fail?',
      ],
      ...[
        'what did you do today?',
        'how many started this week?',
        'what is late?',
        'my onboardings',
        'is Vendor down?',
      ],
      ...[`run ${shortId(ours.id)}`, `run ${shortId(theirs.id)}`],
    ]
    for (const words of asked) {
      expect(await answer(at, words, OLGA), words).not.toContain('Secret')
      expect(await answer(at, words, OTTO), words).not.toContain('Jane Ours')
    }
    expect(await answer(at, 'how is Jane?', OTTO)).toContain('Jane Secret')
    expect(await answer(at, `run ${shortId(theirs.id)}`, OLGA)).toContain('Nothing is known about')
  })

  test('see their own in the Home and in the ledger', async () => {
    const { at } = await open()
    await using _ = at
    await at.home(OLGA)
    expect(wordsOf(at.surface.homes.at(-1)?.blocks)).not.toContain('Secret')
    await at.home(OTTO)
    const theirs = wordsOf(at.surface.homes.at(-1)?.blocks)
    expect(theirs).toContain('Jane Secret')
    expect(theirs).not.toContain('Jane Ours')
    await at.slash('/audit', 'jane@acme.example', MAYA)
    expect(at.surface.last().about?.team).toBe(MAYA.team)
    expect(at.surface.last().words).not.toContain('Secret')
    await at.slash('/audit', 'jane@acme.example kind:run', OTTO)
    expect(at.surface.last().about?.team).toBe(OTTO.team)
    expect(at.surface.last().words).toContain('Run started')
    const entries = await at.store.entries({ team: OLGA.team }, null, 500)
    expect(entries.every(({ core }) => core.actor.includes(OTTO.user) === false)).toBe(true)
  })

  test('cannot press each other’s buttons: the run is not known there, and nothing changes', async () => {
    const { at, theirs } = await open()
    await using _ = at
    const step = await at.step(theirs, 'mail')
    const value = JSON.stringify({ r: theirs.id, s: step.key, v: step.version })
    for (const action of ['step.retry', 'step.skip', 'step.escalate', 'step.mark-done']) {
      await at.press({ type: 'button', action_id: action, value }, OLGA)
      expect(at.surface.last().words, action).toContain('No such run is known')
    }
    const run = JSON.stringify({ r: theirs.id })
    for (const action of ['run.show', 'run.cancel']) {
      await at.press({ type: 'button', action_id: action, value: run }, OLGA)
      expect(at.surface.last().words, action).toContain('No such run is known')
    }
    expect(await at.step(theirs, 'mail')).toEqual(step)
    await at.press({ type: 'button', action_id: 'step.retry', value }, OTTO)
    expect((await at.run(theirs)).status).toBe('succeeded')
  })

  test('refuse each other’s members who come over a shared channel, with the reason', async () => {
    const { at, ours } = await open()
    await using _ = at
    await at.press({ type: 'button', action_id: 'run.show', value: JSON.stringify({ r: ours.id }) }, OLGA, {
      homeTeam: OTTO.team,
    })
    expect(at.surface.last().words).toContain('belongs to another workspace')
  })
})
