import { expect, test } from 'vitest'
import { OLGA } from '../handlers/people.ts'
import { TEAM } from '../support/test-ids.ts'
import { until } from './life-of-a-click.ts'
import { openApp } from './open-app.ts'

type Heard = { text: string; channel: string; threadTs: string | null }

let events = 0
const envelope = (event: Record<string, unknown>) => ({
  ...{ type: 'event_callback', team_id: TEAM, event_id: `Ev${++events}` },
  event: { user: OLGA.user, ts: '1.1', ...event },
})
const direct = { type: 'message', channel_type: 'im', channel: 'D0DM' }
const mention = { type: 'app_mention', channel: 'C0OPS' }

async function heardOf(all: readonly Record<string, unknown>[]): Promise<Heard[]> {
  const heard: Heard[] = []
  const last = { ...direct, text: 'the last one', ts: '9.9' }
  await using at = await openApp({
    said: async ({ text, channel, threadTs }) => void heard.push({ text, channel, threadTs }),
  })
  for (const event of [...all, last]) expect((await at.signed(envelope(event)).send()).status).toBe(200)
  await until(() => heard.some(({ text }) => text === 'the last one'), 'the last one was heard')
  return heard.filter(({ text }) => text !== 'the last one')
}

test('what somebody asks in a thread is answered in that thread, and a mention in one of its own', async () => {
  const heard = await heardOf([
    { ...direct, text: 'in a thread', thread_ts: '0.5' },
    { ...direct, text: 'plainly' },
    { ...mention, text: 'in a thread of the channel', thread_ts: '0.5' },
    { ...mention, text: 'in the channel' },
  ])
  expect(heard.map(({ threadTs }) => threadTs)).toEqual(['0.5', null, '0.5', '1.1'])
})

test('what is said with a file, in the channel too, or as an action is heard', async () => {
  const kinds = ['file_share', 'thread_broadcast', 'me_message']
  const heard = await heardOf(kinds.map((subtype) => ({ ...direct, subtype, text: subtype })))
  expect(heard.map(({ text }) => text)).toEqual(kinds)
})

test('what was edited or deleted, what a bot says and what nobody says to Purser is met with silence', async () => {
  const heard = await heardOf([
    { ...direct, subtype: 'message_changed', message: { text: 'edited', user: OLGA.user }, text: 'edited' },
    { ...direct, subtype: 'message_deleted', text: 'deleted' },
    { ...direct, bot_id: 'B0OTHER', text: 'of a bot' },
    { ...mention, bot_id: 'B0OTHER', text: 'of a bot' },
    { type: 'message', channel_type: 'channel', channel: 'C0OPS', text: 'among people' },
    { type: 'message', channel_type: 'channel', channel: 'C0OPS', text: 'in a thread', thread_ts: '0.5' },
  ])
  expect(heard).toEqual([])
})
