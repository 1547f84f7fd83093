import { describe, expect, test } from 'vitest'
import { RetryLater } from '../../src/domain/errors.ts'
import type { Egress } from '../../src/egress/scope.ts'
import { findCheckpoints, isSignedBy, signCheckpoint } from '../../src/ledger/checkpoint.ts'
import { loadSigningKey } from '../../src/ledger/checkpoint-key.ts'
import { leafHash } from '../../src/ledger/tree/hash.ts'
import { slackAnchor } from '../../src/slack/anchor-checkpoints.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { TEAM } from '../support/test-ids.ts'

interface Posted {
  channel: string
  threadTs?: string
  text: string
  key: string
  actor: string
}

/** A Slack that keeps what is posted, or refuses when it is down. */
function open() {
  const posted: Posted[] = []
  const slack = { down: false }
  const egress: Egress = {
    async call({ input, scope }) {
      if (slack.down) throw new RetryLater({ code: 'http-503', message: 'Slack answered 503.', hint: 'Wait.' })
      const { channel, threadTs, text, key } = input as unknown as Posted
      const actor = scope.actor.kind === 'machine' ? scope.actor.part : 'a person'
      posted.push({ channel, ...(threadTs ? { threadTs } : {}), text, key, actor })
      return { channel: 'C1', ts: `ts-${posted.length}` } as never
    },
  }
  const clock = createFakeClock()
  const rules = { channel: '#ops-alerts' }
  const anchor = slackAnchor({ egress, team: TEAM, clock, channel: () => rules.channel })
  using folder = tempFolder()
  const key = loadSigningKey(`${folder.path}/key`)
  const put = (size: number) =>
    anchor.put(signCheckpoint(key, { size, root: leafHash(`${size}`) }), new AbortController().signal)
  return { posted, slack, clock, rules, key, put }
}

const DAY = 86_400_000

describe('checkpoints in Slack', () => {
  test('stand in one thread a day, each so that it can be copied and verified', async () => {
    const { posted, clock, key, put } = open()
    await put(3)
    await put(9)
    await clock.advance(DAY)
    await put(12)
    expect(posted.map(({ channel, threadTs = null, key: name }) => [channel, threadTs, name])).toEqual([
      ['#ops-alerts', null, 'ledger/2026-11-02'],
      ['C1', 'ts-1', 'ledger/3'],
      ['C1', 'ts-1', 'ledger/9'],
      ['#ops-alerts', null, 'ledger/2026-11-03'],
      ['C1', 'ts-4', 'ledger/12'],
    ])
    const found = findCheckpoints(posted.map(({ text }) => text).join('\n'))
    expect(found.map(({ size }) => size)).toEqual([3, 9, 12])
    expect(found.every((each) => isSignedBy([key], each))).toBe(true)
    // By this the sealer knows that its own posts are nothing new.
    expect(new Set(posted.map(({ actor }) => actor))).toEqual(new Set(['ledger']))
  })

  test('begin another thread when the rules name another channel, or when one could not be posted to', async () => {
    const { posted, slack, rules, put } = open()
    await put(3)
    rules.channel = '#purser-ledger'
    await put(4)
    slack.down = true
    await expect(put(5)).rejects.toThrow('Slack answered 503')
    slack.down = false
    await put(6)
    expect(posted.filter(({ threadTs }) => !threadTs).map(({ channel }) => channel)).toEqual([
      '#ops-alerts',
      '#purser-ledger',
      '#purser-ledger',
    ])
  })
})
