import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxMessage } from '../../src/sandbox/state.ts'
import { actionIds } from '../../views/action-ids.ts'
import { type OpenWorkplace, openWorkplace, until, wordsOf } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'

let office: OpenWorkplace

beforeAll(async () => {
  office = await openWorkplace({ rules: workplaceRules() })
  await office.place.startPurser()
})

afterAll(() => office[Symbol.asyncDispose]())

const answers = {
  name: 'Jane Doe',
  email: 'jane.doe@acme.example',
  item: 'laptop',
  reason: 'She starts in the platform team.',
  neededOn: '2026-01-05',
  timeZone: 'Europe/Berlin',
  manager: 'manager',
}

/** The message in the channel that says so. */
const card = (...says: string[]): Promise<SandboxMessage> =>
  until(`a card says ${says.join(' and ')}`, async () =>
    (await office.messages('ops-alerts')).find((message) => says.every((words) => wordsOf(message).includes(words))),
  )
const at = (message: SandboxMessage) => ({ channel: 'ops-alerts', ts: message.ts })

async function request(parts: object = {}): Promise<void> {
  await office.slash('ops', '/run', 'equipment-request')
  const form = await office.filled('ops', 'Who needs it?')
  const submitted = await office.submit('ops', form, { ...answers, ...parts })
  expect(submitted.result).toBe('closed')
}

describe('a request for equipment', () => {
  it('is asked of the manager whom the form names, by a card that mentions them', async () => {
    await request()
    const asked = await card('Approval needed', 'Laptop, Jane Doe')
    expect(wordsOf(asked)).toContain('Manager: ')
    expect(JSON.stringify(asked.blocks)).toContain('"type":"user","user_id":"U0MONA0000"')
    expect(JSON.stringify(asked.blocks)).toContain('"type":"usergroup","usergroup_id":"S0TEAMMATE"')
    const told = await office.toldPrivately('ops', () => office.click('ops', at(asked), actionIds.approve))
    expect(told.text).toContain('what you have started or changed yourself')
    await office.click('manager', at(asked), actionIds.approve)
    const approved = await card('Approved: Manager’s approval', 'Approved by Mona Manager')
    expect(JSON.stringify(approved.blocks)).not.toContain('"type":"actions"')
  })

  it('is then a task for ops, done with evidence that the message on the day repeats', async () => {
    const task = await card('To do: Order it', 'Order this for Jane Doe')
    await office.click('ops', at(task), actionIds.reassign)
    const handOver = await office.filled('ops', 'Who does it?')
    expect((await office.submit('ops', handOver, { person: 'teammate', note: 'You know the shop.' })).result).toBe(
      'closed',
    )
    const nudged = await until('the thread mentions the new one', async () => {
      const message = (await office.messages('ops-alerts')).find(({ ts }) => ts === task.ts)
      return message?.replies?.find(({ text }) => text.includes('You know the shop.'))
    })
    expect(JSON.stringify(nudged.blocks)).toContain('U0TIM00000')
    await office.click('teammate', at(task), actionIds.complete)
    const form = await office.filled('teammate', 'Order number')
    expect((await office.submit('teammate', form, { orderNumber: 'A-77', supplier: 'Globex' })).result).toBe('closed')
    await card('Done: Order it', 'Order number', 'A-77')
    await card('Jane Doe needs it today: Laptop (Globex, order A-77).')
    await card('Equipment request: Laptop, Jane Doe', '✅ Done')
  })

  it('ends with the reason when it is refused, and waits for its day when that is to come', async () => {
    await request({ item: 'chair' })
    const asked = await card('Approval needed', 'Chair, Jane Doe')
    await office.click('manager', at(asked), actionIds.refuse)
    const form = await office.filled('manager', 'Why is it refused?')
    expect((await office.submit('manager', form, { reason: 'There is a spare one.' })).result).toBe('closed')
    await card('Equipment request: Chair, Jane Doe', 'There is a spare one.', 'refused by Mona Manager')
    await request({ item: 'phone', neededOn: '2099-01-05' })
    await office.click('teammate', at(await card('Approval needed', 'Phone, Jane Doe')), actionIds.approve)
    await office.click('ops', at(await card('To do: Order it', 'Phone')), actionIds.complete)
    const done = await office.filled('ops', 'Order number')
    expect((await office.submit('ops', done, { orderNumber: 'A-78', supplier: 'Globex' })).result).toBe('closed')
    await card('Equipment request: Phone, Jane Doe', 'Waiting: The day it is needed', 'waits until')
  })
})
