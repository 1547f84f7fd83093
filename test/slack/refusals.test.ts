import { describe, expect, it } from 'vitest'
import { PermanentFailure, RetryLater } from '../../src/domain/errors.ts'
import { UserId } from '../../src/domain/ids.ts'
import type { Egress } from '../../src/egress/scope.ts'
import { checkDirectory } from '../../src/slack/check-directory.ts'
import { createDirectory } from '../../src/slack/directory.ts'
import { createRefusals } from '../../src/slack/refusals.ts'
import { openWatch } from '../engine/open-watch.ts'
import { TEAM } from '../support/test-ids.ts'

const MINUTE = 60_000
const GROUPS = [{ key: 'ops', title: 'Ops', userGroups: ['ops'], people: [] }]
const SCOPES: Readonly<Record<string, string>> = {
  ...{ 'users.info': 'users:read', 'users.list': 'users:read', 'users.lookupByEmail': 'users:read.email' },
  ...{ 'usergroups.list': 'usergroups:read', 'usergroups.users.list': 'usergroups:read' },
}
const ANSWERS: Readonly<Record<string, unknown>> = { 'usergroups.list': [], 'users.lookupByEmail': null }
const parts = { message: 'Slack refused it.', hint: 'Mend it.' }

/** The directory with its check, and the watch that tells of it, over a Slack that allows what `slack` says. */
async function open() {
  const watched = await openWatch()
  const { clock } = watched.at
  const slack = { lacks: new Set<string>(), token: null as string | null, isDown: false, refused: 0, asked: 0 }
  const egress: Egress = {
    async call({ operation }) {
      slack.asked += 1
      if (slack.isDown) throw new RetryLater({ ...parts, code: 'http-503' })
      const code = slack.token ?? (slack.lacks.has(SCOPES[operation.name] ?? '') ? 'missing-scope' : null)
      if (code !== null) slack.refused += 1
      if (code !== null) throw new PermanentFailure({ ...parts, code })
      if (operation.name === 'users.info') throw new PermanentFailure({ ...parts, code: 'user-not-found' })
      return ANSWERS[operation.name] as never
    },
  }
  const refusals = createRefusals({ clock, team: TEAM })
  const directory = createDirectory({ egress, clock, groups: () => GROUPS, refusals })
  const check = checkDirectory({
    directory,
    refusals,
    clock,
    team: TEAM,
    onError: (error) => watched.at.errors.push(error),
  })
  watched.heard.refusals = refusals.found
  return {
    ...{ watched, clock, slack, directory, check },
    matters: async () => (await watched.alerts()).map(({ matter }) => matter),
    async [Symbol.asyncDispose]() {
      await check.stop()
      await watched[Symbol.asyncDispose]()
    },
  }
}

describe('what Slack does not tell of people', () => {
  it.each([
    ...['users:read', 'users:read.email', 'usergroups:read'].map((scope) => ({ code: 'missing-scope', scope })),
    ...['token-revoked', 'invalid-auth', 'account-inactive'].map((code) => ({ code, scope: null })),
  ])(
    'is alerted within a minute of the start, once, and settled when it is told again: $code $scope',
    async ({ code, scope }) => {
      await using at = await open()
      if (scope === null) at.slack.token = code
      else at.slack.lacks.add(scope)
      at.check.start()
      await at.clock.advance(MINUTE)
      expect(await at.matters()).toEqual([{ kind: 'directory-refused', code, scope }])
      await at.clock.advance(5 * MINUTE)
      expect(await at.matters()).toHaveLength(1)
      expect(at.slack.refused).toBeGreaterThan(3)
      at.slack.lacks.clear()
      at.slack.token = null
      await at.clock.advance(2 * MINUTE)
      expect(await at.matters()).toEqual([])
    },
  )

  it('is alerted within a minute of a read that was refused, and found without one within ten', async () => {
    await using at = await open()
    at.check.start()
    await at.clock.advance(MINUTE)
    at.slack.lacks.add('users:read')
    await expect(at.directory.person(TEAM, UserId.parse('U0JANE'))).rejects.toThrow('refused')
    await at.clock.advance(MINUTE)
    expect(await at.matters()).toHaveLength(1)
    at.slack.lacks.clear()
    await at.clock.advance(2 * MINUTE)
    expect(await at.matters()).toEqual([])
    at.slack.token = 'token-revoked'
    await at.clock.advance(11 * MINUTE)
    expect(await at.matters()).toMatchObject([{ code: 'token-revoked' }])
  })

  it('stands over a restart until Slack was asked, and Slack’s own trouble neither raises nor settles it', async () => {
    await using at = await open()
    at.slack.lacks.add('usergroups:read')
    at.check.start()
    await at.clock.advance(MINUTE)
    const fresh = createRefusals({ clock: at.clock, team: TEAM })
    at.watched.heard.refusals = fresh.found
    at.slack.isDown = true
    await at.clock.advance(5 * MINUTE)
    expect(await at.matters()).toHaveLength(1)
    fresh.heard({ name: 'usergroups.list' }, new RetryLater({ ...parts, code: 'http-503' }))
    fresh.heard({ name: 'chat.postMessage' }, new PermanentFailure({ ...parts, code: 'token-revoked' }))
    expect(fresh.found()).toBeNull()
    fresh.heard({ name: 'usergroups.list' }, null)
    fresh.knowAll()
    await at.clock.advance(MINUTE)
    expect(await at.matters()).toEqual([])
  })

  it('is asked for three times in ten minutes while all is well', async () => {
    await using at = await open()
    at.check.start()
    await at.clock.advance(9 * MINUTE)
    expect(at.slack.asked).toBe(3)
  })
})
