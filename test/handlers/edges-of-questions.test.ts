import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { workflow } from '../../src/engine/define-workflow.ts'
import { refusing, vendor } from '../engine/scripted-egress.ts'
import { expectMessage } from '../views/drawn.ts'
import { MAYA, OLGA, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

async function answer(at: At, words: string, where: Parameters<At['say']>[2] = {}): Promise<string> {
  await at.say(words, MAYA, where)
  const { drawing, words: shown } = at.surface.last()
  expectMessage(drawing)
  return shown
}

const STEPS = 40
const long = workflow(
  {
    ...{ name: 'employee-onboarding', version: 1, title: 'Employee onboarding' },
    input: z.object({ email: z.email(), name: z.string() }),
    subject: ({ email, name }) => ({ key: email, label: name }),
  },
  ({ step }) => {
    for (let n = 0; n < STEPS; n++) {
      const name = `part-${n}`
      step(name, {
        title: `Part ${n} of what has to be done before the first day, with the whole of its long title`,
        uses: [vendor],
        output: z.object({ id: z.string() }),
        run: ({ use }) => use(vendor).make(),
      })
    }
  },
)

describe('a question is answered', () => {
  test.each([
    ['how is Jane Doe?', 'Jane Doe'],
    ['why did Jane fail?', 'and 32 more'],
    ['what is Jane waiting for?', 'and 32 more'],
    ['when will Jane be done?', 'What is left: 40 steps'],
    ['what did you do for Jane today?', 'earlier'],
    ['what failed today?', 'earlier'],
    ['who retried Jane?', 'Nobody has retried'],
  ])('about a process of 40 steps that all fail: %s', async (asked, told) => {
    await using at = await openHandlers({ workflows: [long] })
    for (let n = 0; n < STEPS; n++) at.script.plan(`part-${n}`, refusing)
    await at.begin()
    expect(await answer(at, asked)).toContain(told)
  })

  test('about somebody whose name goes from right to left, also with marks that turn what stands around it', async () => {
    await using at = await openHandlers()
    await at.begin({ name: 'نور الهدى حسن', email: 'nour@acme.example' })
    await at.begin({ name: '\u202Eeod enaj', email: 'turned@acme.example' })
    expect(await answer(at, 'how is نور الهدى doing?')).toContain('نور الهدى حسن')
    expect(await answer(at, 'status of نور')).toContain('نور الهدى حسن')
    for (const asked of ['how is turned@acme.example?', 'what did you do today?']) {
      await at.say(asked, MAYA)
      expect(JSON.stringify(at.surface.last().drawing), asked).not.toContain('\u202E')
    }
  })

  test('as far as a message holds, where several are asked at once', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    await at.begin()
    const told = await answer(at, 'How is Jane Doe? Why did it fail? And what is late?')
    expect(told).toMatch(/Jane Doe · Employee onboarding.*Open the mailbox stopped.*Nothing is late/s)
    for (let n = 0; n < 20; n++) {
      at.script.plan('mail', refusing)
      await at.begin({ name: `Person ${n}`, email: `p${n}@acme.example` })
    }
    const cut = await answer(at, 'what is stuck? what is running? what is late?')
    expect(cut).toMatch(/21 runs wait for somebody.*You asked 2 things more/s)
  })

  test('with what there is to ask, where nothing was said, or only a picture', async () => {
    await using at = await openHandlers()
    for (const said of ['', '<@U0PURSER>', '<@U0PURSER> :wave:', '👋']) {
      expect(await answer(at, said, { channel: 'C0OPS' }), said).toContain('Runs your processes')
    }
  })

  test('with how to ask, where more is said than can be read', async () => {
    await using at = await openHandlers()
    await at.begin()
    const talk = 'So much has come to pass that I can hardly say where to begin. '.repeat(48)
    expect(talk.length).toBeGreaterThan(3_000)
    expect(await answer(at, talk)).toContain('more than I can read at once')
    expect(await answer(at, `${talk}How is Jane Doe?`)).toContain('Jane Doe')
  })

  test('of the run in whose thread it is asked, also what “we” wait for', async () => {
    await using at = await openHandlers()
    at.script.plan('mail', refusing)
    const run = await at.begin()
    at.script.plan('mail', refusing)
    await at.begin({ email: 'ann@acme.example', name: 'Ann Other' })
    const [card] = await at.store.cardsOf(run.id)
    if (!card) throw new Error('no card')
    await at.store.commit({ at: 1, entries: [], painted: { ...card, digest: 'd', ts: '1.1', channelId: 'C0OPS' } })
    for (const asked of ['what are we waiting for?', 'did anyone skip a step?', 'what happened?']) {
      expect(await answer(at, asked, { channel: 'C0OPS' }), asked).not.toContain('Ann Other')
      expect(at.surface.last().about, asked).toMatchObject({ run: run.id })
    }
    expect(await answer(at, 'what are we waiting for?')).toMatch(/2 runs wait/)
  })
})

test('what was done in many processes is told of the first, and counted', async () => {
  await using at = await openHandlers()
  for (let n = 0; n < 12; n++) await at.begin({ name: `Person ${n}`, email: `p${n}@acme.example` })
  await at.say('what have you done today?', OLGA)
  expectMessage(at.surface.last().drawing)
  expect(at.surface.last().words).toMatch(/something happened in 12 runs.*And in 4 more/s)
})
