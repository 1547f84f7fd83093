import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { refusingBeyond } from '../../src/slack/refuse-beyond.ts'
import { createFakeClock } from '../support/fake-clock.ts'

/** A listener that acknowledges nothing by itself, and what became of each request. */
function door() {
  const clock = createFakeClock()
  const lines: string[] = []
  const say = (message: string, { count }: { count?: number } = {}): void => void lines.push(`${message}: ${count}`)
  const log = { debug: say, info: say, warn: say, error: say, with: () => log }
  const begun: ServerResponse[] = []
  const listener = refusingBeyond({ clock, log }, (_, res) => begun.push(res))
  const ask = () => {
    const res = Object.assign(new EventEmitter(), {
      status: 0,
      writeHead: (s: number) => answer(s),
      end: () => undefined,
    })
    const answer = (status: number) => Object.assign(res, { status })
    listener({} as IncomingMessage, res as unknown as ServerResponse)
    return res
  }
  return { clock, lines, begun, ask }
}

test('what cannot be acknowledged in time is refused at once, and taken again when the others are done', async () => {
  const { clock, lines, begun, ask } = door()
  const waiting = Array.from({ length: 50 }, ask)
  await clock.advance(2_001)
  const late = [ask(), ask()]
  expect([begun.length, late.map(({ status }) => status)]).toEqual([50, [503, 503]])
  expect(lines).toEqual(['more is asked than can be acknowledged in time: requests were refused: 1'])
  for (const res of waiting) res.emit('close')
  expect([ask().status, begun.length]).toEqual([0, 51])
})

test('a few that hang keep nobody out, and many that are quick do not either', async () => {
  const slow = door()
  for (let hanging = 0; hanging < 49; hanging++) slow.ask()
  await slow.clock.advance(60_000)
  expect(slow.ask().status).toBe(0)
  const quick = door()
  for (let each = 0; each < 500; each++) quick.ask()
  expect(quick.begun).toHaveLength(500)
})
