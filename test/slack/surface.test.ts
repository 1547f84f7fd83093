import { expect, test } from 'vitest'
import { PermanentFailure } from '../../src/domain/errors.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { Egress } from '../../src/egress/scope.ts'
import { createSurface, nobody } from '../../src/slack/surface.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'

const place = { team: TEAM, user: UserId.parse('U0OLGA'), channel: 'C0OPS', threadTs: null, responseUrl: null }
const drawing = { blocks: [], text: 'Started.' }

test('an answer whose channel takes nothing goes to whoever asked, and says why', async () => {
  const sent: { channel: string; text: string }[] = []
  const closed = new PermanentFailure({
    code: 'not-in-channel',
    message: 'Purser is not in the channel',
    hint: 'Invite it.',
  })
  const egress = {
    call: async ({ input }: { input: { channel: string; text: string; user?: string } }) => {
      if (input.user) return { channel: 'D0OLGA' }
      sent.push(input)
      if (input.channel === 'C0OPS') throw closed
      return {}
    },
  } as unknown as Egress
  const surface = createSurface(egress)
  const to = { channel: 'C0OPS', threadTs: '1.1', key: 'C0OPS/1.1', asker: place.user }
  await surface.reply(to, drawing, nobody(TEAM))
  expect(sent.map(({ channel }) => channel)).toEqual(['C0OPS', 'D0OLGA'])
  expect(sent[1]?.text).toMatch(/where you asked: Purser is not in the channel.*Started\./s)
  await expect(surface.reply({ ...to, channel: 'D0OPS' }, drawing, nobody(TEAM))).resolves.toBeUndefined()
  const { asker: _, ...nobodysPlace } = to
  await expect(surface.reply(nobodysPlace, drawing, nobody(TEAM))).rejects.toThrow(closed)
})

test('confirmations that Slack cannot take in time are left out; answers never are', async () => {
  const waiting: (() => void)[] = []
  const egress = { call: () => new Promise<void>((resolve) => waiting.push(resolve)) } as unknown as Egress
  const surface = createSurface(egress)
  const all = Array.from({ length: 25 }, () => surface.confirm(place, drawing, nobody(TEAM)))
  const answer = surface.whisper(place, drawing)
  await settle()
  expect(waiting).toHaveLength(10 + 1)
  for (const go of waiting.splice(0)) go()
  await Promise.all([...all, answer])
  const next = surface.confirm(place, drawing, nobody(TEAM))
  await settle()
  expect(waiting).toHaveLength(1)
  waiting[0]?.()
  await next
})
