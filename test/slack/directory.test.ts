import { describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/actor.ts'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { Egress } from '../../src/egress/scope.ts'
import { createDirectory } from '../../src/slack/directory.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { TEAM } from '../support/test-ids.ts'

const OLGA = UserId.parse('U0OLGA')
const member = (id: string, name: string) => ({
  id,
  name,
  team: TEAM,
  email: `${id.toLowerCase()}@acme.example`,
  timeZone: 'Europe/Berlin',
  isBot: false,
  isGuest: false,
  isDeactivated: false,
  status: { emoji: '', until: 0 },
})
const GROUPS = [{ key: 'ops', title: 'Ops', userGroups: ['ops'], people: [] }]

/** A directory over a Slack that answers from a table, and counts what it was asked. */
function open(answers: Record<string, (input: { user?: string }) => unknown>) {
  const asked: string[] = []
  const egress: Egress = {
    async call({ operation, input }) {
      asked.push(operation.name)
      const answer = answers[operation.name]
      if (!answer) throw new Error(`nobody expected ${operation.name}`)
      return answer(input as { user?: string }) as never
    },
  }
  const clock = createFakeClock()
  return { asked, clock, directory: createDirectory({ egress, clock, groups: () => GROUPS }) }
}

const SLACK = {
  'users.info': () => member('U0OLGA', 'Olga Ops'),
  'usergroups.list': () => [{ id: 'S1', handle: 'ops', name: 'Ops' }],
  'usergroups.users.list': () => ['U0OLGA'],
  'users.list': () => ({ members: [member('U0OLGA', 'Olga Ops'), member('U0ZOE', 'Zoë Ops')], cursor: '' }),
}
const olga: Actor = { kind: 'person', team: TEAM, user: OLGA }

describe('the directory', () => {
  it('asks about the one who acts, and not again within a minute', async () => {
    const { directory, asked, clock } = open(SLACK)
    expect((await directory.person(TEAM, OLGA))?.groups).toEqual(['ops'])
    await clock.advance(59_000)
    expect(directory.isFresh(TEAM, OLGA)).toBe(true)
    await directory.person(TEAM, OLGA)
    expect(asked.toSorted()).toEqual(['usergroups.list', 'usergroups.users.list', 'users.info'])
    await clock.advance(2_000)
    expect(directory.isFresh(TEAM, OLGA)).toBe(false)
    await directory.person(TEAM, OLGA)
    expect(asked).toHaveLength(6)
  })

  it('asks once when many clicks come at the same time', async () => {
    const { directory, asked } = open(SLACK)
    await Promise.all([1, 2, 3].map(() => directory.person(TEAM, OLGA)))
    expect(asked).toHaveLength(3)
  })

  it('knows nobody whom the workspace does not know', async () => {
    const nobody = () => {
      throw new PermanentFailure({ code: 'user-not-found', message: 'nobody', hint: 'none' })
    }
    const { directory } = open({ ...SLACK, 'users.info': nobody })
    expect(await directory.person(TEAM, OLGA)).toBeNull()
  })

  it('passes an outage on, and asks again the next time', async () => {
    let down = true
    const info = () => {
      if (down) throw new RetryLater({ code: 'http-503', message: 'down', hint: 'wait' })
      return member('U0OLGA', 'Olga Ops')
    }
    const { directory } = open({ ...SLACK, 'users.info': info })
    await expect(directory.person(TEAM, OLGA)).rejects.toThrow(RetryLater)
    down = false
    expect((await directory.person(TEAM, OLGA))?.name).toBe('Olga Ops')
  })

  it('gives cards a name, and says so when it has none', async () => {
    const { directory } = open(SLACK)
    expect(directory.nameOf(olga)).toBe('somebody (U0OLGA)')
    await directory.learn([olga, { kind: 'machine', part: 'engine' }])
    expect(directory.nameOf(olga)).toBe('Olga Ops')
  })

  it('finds people by their name or a part of it, without regard to case and accents', async () => {
    const { directory } = open(SLACK)
    expect(await directory.named(TEAM, 'OLGA')).toEqual(['U0OLGA'])
    expect(await directory.named(TEAM, 'zoe')).toEqual(['U0ZOE'])
    expect(await directory.named(TEAM, 'ops')).toHaveLength(2)
    expect(await directory.named(TEAM, 'olg')).toEqual([])
  })
})
