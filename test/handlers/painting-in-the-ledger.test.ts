import { expect, test } from 'vitest'
import { refusing } from '../engine/scripted-egress.ts'
import { OLGA, openHandlers } from './open-handlers.ts'

type At = Awaited<ReturnType<typeof openHandlers>>

/** A run about which much was shown in Slack, once without success. */
async function open(shown: number) {
  const at = await openHandlers()
  at.script.plan('mail', refusing)
  const run = await at.begin()
  const { ids, ledger, clock } = at.ports
  const base = { team: OLGA.team, actor: 'purser:painter', subjects: [run.subject.id], run: run.id }
  const of = { ...base, service: 'slack', operation: 'chat.update', try: 1 }
  const call = async (status: number): Promise<void> => {
    const id = ids.call()
    await ledger.record([{ ...of, at: clock.now(), id: ids.entry(), call: id, kind: 'call.intended' }])
    await ledger.record([{ ...of, at: clock.now(), id: ids.entry(), call: id, kind: 'call.answered', status }])
  }
  for (let n = 0; n < shown; n++) await call(200)
  await call(503)
  return at
}

const words = async (at: At, query: string): Promise<string> => {
  await at.slash('/audit', query, OLGA)
  return at.surface.last().words
}

test('a page about somebody tells what was done for them, and counts what only showed it in Slack', async () => {
  await using at = await open(20)
  const page = await words(at, 'jane')
  expect(page).toContain('Step failed')
  // What was sent before the answer of 503, and each call with its answer.
  expect(page).toContain(
    '41 entries of Purser’s own cards and answers in Slack are left out: add service:slack to see them.',
  )
  expect(page).not.toContain('Answered: chat.update 200')
})

test('what Slack did not take is not left out', async () => {
  await using at = await open(2)
  expect(await words(at, 'jane status:>=500')).toContain('1 entry, newest first')
})

test.each(['jane service:slack', 'jane actor:purser:painter'])(
  '“%s” shows them, and leaves out nothing',
  async (query) => {
    await using at = await open(20)
    const page = await words(at, query)
    expect(page).toContain('9 entries')
    expect(page).not.toContain('left out')
  },
)

test('where there are many, it says at least how many', async () => {
  await using at = await open(200)
  expect(await words(at, 'jane')).toContain('At least 300 entries of Purser’s own cards')
})

test('says nothing of them where none could match, and on older pages', async () => {
  await using at = await open(3)
  expect(await words(at, 'jane kind:decision')).not.toContain('left out')
  expect(await words(at, 'since:1h')).toContain('7 entries of Purser’s own cards')
})

test('a file holds all of them', async () => {
  await using at = await open(20)
  await at.slash('/audit', 'jane export csv', OLGA)
  const [file] = at.surface.files
  expect(file?.text.match(/chat\.update/g)).toHaveLength(42)
})
