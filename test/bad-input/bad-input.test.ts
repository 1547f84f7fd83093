import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type KeptRun, openKept } from '../chaos/kept.ts'
import { emailOf, peopleAtWork } from '../story/people-at-work.ts'
import { type OpenWorkplace, openWorkplace, until, wordsOf } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { employeeValues, payloadBody, pressOf, sendWire, signatureOf, submissionOf } from '../support/workplace-wire.ts'
import { badStarts } from './bad-forms.ts'
import { badPresses, type Target } from './bad-presses.ts'
import { badTexts } from './bad-texts.ts'
import { badWires } from './bad-wires.ts'

let office: OpenWorkplace
let kept: ReturnType<typeof openKept>
let target: Target

/** A run that waits for somebody: its GitHub step has failed. */
beforeAll(async () => {
  office = await openWorkplace({ rules: workplaceRules({ tries: 1, backOff: '[]' }) })
  await office.place.startPurser()
  kept = openKept(office.data)
  await office.break({ service: 'github', kind: '503' })
  const people = peopleAtWork(office)
  await people.onboard('Jane Doe')
  const card = await people.failureCard('Jane Doe', 'Failed: GitHub membership')
  const value = /\\"r\\":\\"([^\\]+)\\",\\"s\\":\\"([^\\]+)\\",\\"v\\":(\d+)/.exec(JSON.stringify(card.blocks))
  target = { run: value?.[1] ?? '', step: value?.[2] ?? '', version: Number(value?.[3]) }
  await people.runCard('Jane Doe', '5 of 7 steps finished')
  // Whoever asks for the first time reads the answer in a window.
  for (const user of ['manager', 'guest'] as const) await office.slash(user, '/process', 'jane')
  await until('all cards are drawn', () => kept.staleCards() === 0)
})

afterAll(async () => {
  kept[Symbol.dispose]()
  await office[Symbol.asyncDispose]()
})

interface World {
  runs: KeptRun[]
  decisions: number
  effects: unknown
}

/** What the services did; Purser's own looks at them change nothing. */
const Summary = z.array(z.object({ name: z.string(), effects: z.number() }))

async function world(): Promise<World> {
  const counts = Object.entries(kept.counts())
  const decided = counts.filter(([kind]) => kind.startsWith('decision.') && kind !== 'decision.refused')
  return {
    runs: kept.runs(),
    decisions: decided.reduce((sum, [, times]) => sum + times, 0),
    effects: Summary.parse(await office.services('GET', '/summary')),
  }
}

/** Does something that must not change anything. */
async function harmlessly<T>(doing: () => Promise<T>): Promise<T> {
  const before = await world()
  const done = await doing()
  expect(await world()).toEqual(before)
  return done
}

describe('what people type', () => {
  it.each(badTexts)(
    'answers $name behind $command, and does nothing',
    async ({ user = 'ops', command, text, says }) => {
      const told = await harmlessly(() => office.toldPrivately(user, () => office.slash(user, command, text)))
      expect(wordsOf(told)).toContain(says)
      expect(told.text).not.toMatch(/<!(?:channel|here|everyone)>/)
    },
  )
})

describe('forms', () => {
  const submit = (form: (typeof badStarts)[number], id: string) => {
    const right = employeeValues('Una Doe', emailOf('Una Doe'))
    const given = Object.entries({ ...right, ...form.values }).filter(([, value]) => value !== null)
    const view = { id, callback: form.callback ?? 'start-run', metadata: form.metadata ?? '' }
    const values = Object.fromEntries(given) as Record<string, object>
    return sendWire(office, { body: payloadBody(submissionOf(view, values, form.more)) })
  }

  it.each(badStarts)('refuses a start with $name, and says why', async (form) => {
    const answer = await harmlessly(() => submit(form, `V0${form.name.length}${badStarts.indexOf(form)}`))
    expect(answer.status).toBe(200)
    expect(answer.body).toMatch(/"response_action":"(?:errors|update)"/)
    expect(answer.body).toContain(form.says)
  })

  it.each([
    { name: 'without a state', state: undefined },
    { name: 'whose values are a list', state: { values: [] } },
    { name: 'whose values are named like properties', state: JSON.parse('{"values":{"__proto__":{"value":{}}}}') },
  ])('refuses a form $name', async ({ name, state }) => {
    const view = { id: `V0${name}`, callback: 'start-run', metadata: '{"w":"employee-onboarding","v":1}' }
    const payload = submissionOf(view, {}) as { view: object }
    const body = payloadBody({ ...payload, view: { ...payload.view, state } })
    const answer = await harmlessly(() => sendWire(office, { body }))
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('Not done') })
  })

  it.each([
    { name: 'no reason', callback: 'skip-step', version: 0, reason: null, says: 'errors' },
    { name: 'a reason of spaces', callback: 'skip-step', version: 0, reason: '   ', says: 'errors' },
    { name: 'a step that has moved on', callback: 'skip-step', version: 1, reason: 'as agreed', says: 'moved on' },
    {
      name: 'a ticket for a step that has moved on',
      callback: 'escalate-step',
      version: 1,
      reason: 'please help',
      says: 'moved on',
    },
    { name: 'a result that is incomplete', callback: 'mark-done', version: 0, reason: 'found', says: '' },
  ])('refuses a decision with $name', async ({ name, callback, version, reason, says }) => {
    const metadata = JSON.stringify({ r: target.run, s: target.step, v: version === 0 ? target.version : version })
    const values = reason === null ? {} : { reason: { type: 'plain_text_input', value: reason } }
    const view = { id: `V0${name}`, callback, metadata }
    const answer = await harmlessly(() => sendWire(office, { body: payloadBody(submissionOf(view, values)) }))
    expect(answer.body).toMatch(/"response_action":"(?:errors|update)"/)
    expect(answer.body).toContain(says)
  })
})

describe('buttons', () => {
  it.each(badPresses)('answers $name privately, and does nothing', async ({ reads = 'ops', action, more, says }) => {
    const press = { ...action(target) }
    const body = payloadBody(pressOf(press, more))
    const told = await harmlessly(() => office.toldPrivately(reads, () => sendWire(office, { body })))
    expect(wordsOf(told)).toContain(says)
  })
})

describe('requests', () => {
  it.each(badWires)('answers $name with its status, and does nothing', async ({ send, status }) => {
    const answer = await harmlessly(() => send(office))
    expect([status].flat()).toContain(answer.status)
  })

  it('acts once on a request that somebody overheard and sends again', async () => {
    const stamp = Math.floor(Date.now() / 1000)
    const view = { id: 'V0HEARD', callback: 'skip-step', metadata: 'x' }
    const body = payloadBody(submissionOf(view, {}))
    const signature = signatureOf(office.place.sandbox.signingSecret, stamp, body)
    const heard = kept.counts()['submission.received'] ?? 0
    await harmlessly(() => sendWire(office, { body, stamp, signature }))
    expect(await harmlessly(() => sendWire(office, { body, stamp, signature }))).toEqual({ status: 200, body: '' })
    expect(kept.counts()['submission.received']).toBe(heard + 1)
  })

  it('is alive after all of it', async () => {
    expect(await (await fetch(`${office.place.purserUrl}/readyz`)).json()).toEqual({ ready: true })
    const told = await office.toldPrivately('ops', () => office.slash('ops', '/process', 'jane'))
    expect(told.text).toContain('Jane Doe')
  })
})
