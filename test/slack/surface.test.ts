import { expect, test } from 'vitest'
import { UserId } from '../../src/domain/ids.ts'
import type { Egress } from '../../src/egress/scope.ts'
import { createSurface, nobody } from '../../src/slack/surface.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'

const place = { team: TEAM, user: UserId.parse('U0OLGA'), channel: 'C0OPS', threadTs: null, responseUrl: null }
const drawing = { blocks: [], text: 'Started.' }

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
