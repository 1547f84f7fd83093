import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Check } from '../../src/cli/doctor-check.ts'
import type { DoctorEgress } from '../../src/cli/doctor-egress.ts'
import { checkClock, checkSlack } from '../../src/cli/doctor-slack.ts'
import { judgeSlack } from '../../src/connectors/slack/judge.ts'
import { PermanentFailure } from '../../src/domain/errors.ts'
import type { RulesFile } from '../../src/rules/schema.ts'

const SCOPES: string[] = parse(readFileSync('manifest.yml', 'utf8')).oauth_config.scopes.bot
const BASE = 'https://slack.com/api'

const rules = {
  channels: {
    runs: { default: '#onboarding', workflows: {} },
    alerts: { default: '#ops-alerts', workflows: { 'client-onboarding': '#clients' } },
    approvals: undefined,
    ledger: '#ledger',
    fallback: '#overflow',
  },
  groups: { ops: { title: 'Ops', user_groups: ['ops', 'on-call'], people: ['olga@acme.example'] } },
} as unknown as RulesFile

interface Slack {
  /** Slack's code for whatever is asked. */
  refuses?: string
  scopes?: readonly string[]
  /** Channels that are not as they should be. */
  channels?: Readonly<Record<string, 'missing' | 'archived' | 'left'>>
  handles?: readonly string[]
  people?: Readonly<Record<string, { isDeactivated: boolean } | null>>
  aheadMs?: number
}

/** A sound Slack but for what is given. */
function egressOf({
  refuses,
  scopes = SCOPES,
  channels = {},
  handles = ['ops', 'on-call'],
  people = {},
  aheadMs = 0,
}: Slack) {
  const answers: Record<string, (input: Record<string, string>) => unknown> = {
    'auth.test': () => ({ team: 'T0ACME', user: 'purser', bot: null }),
    'conversations.list': ({ name = '' }) => (channels[name] === 'missing' ? null : { id: `C-${name}` }),
    'conversations.info': ({ channel = '' }) => {
      const state = channels[channel.slice(2)]
      return { name: channel.slice(2), isMember: state !== 'left', isArchived: state === 'archived' }
    },
    'usergroups.list': () => handles.map((handle) => ({ id: handle, handle, name: handle })),
    'users.lookupByEmail': ({ email = '' }) => (email in people ? people[email] : { isDeactivated: false }),
  }
  const call = async ({ name }: { name: string }, input: Record<string, string>) => {
    if (refuses) {
      const verdict = judgeSlack({ status: 200, headers: {}, body: { ok: false, error: refuses } } as never)
      if (verdict?.kind !== 'permanent') throw new Error(`nobody refuses with ${refuses}`)
      throw new PermanentFailure(verdict)
    }
    const answer = answers[name]
    if (!answer) throw new Error(`nobody expected ${name}`)
    const found = answer(input)
    return name === 'conversations.list'
      ? { channels: found ? [{ ...Object(found), name: input.name }] : [], cursor: '' }
      : found
  }
  const overheard = new Map([[new URL(BASE).origin, { headers: { 'x-oauth-scopes': scopes.join(',') }, aheadMs }]])
  return { call, overheard } as unknown as DoctorEgress
}

const wrongs = (checks: readonly Check[]) => checks.filter((check) => check.verdict === 'wrong')
const look = (slack: Slack) => checkSlack(egressOf(slack), { baseUrl: BASE, rules })

describe('the doctor and Slack', () => {
  test.each(['invalid_auth', 'token_revoked', 'account_inactive', 'token_expired', 'not_authed'])(
    'a token that Slack refuses (%s) is told with where to get another',
    async (refuses) => {
      expect(await look({ refuses })).toMatchObject([
        {
          verdict: 'wrong',
          what: 'Slack',
          todo: expect.stringMatching(/api\.slack\.com\/apps > Install App.*SLACK_BOT_TOKEN/),
        },
      ])
    },
  )

  test.each(SCOPES)('a scope that the app lacks is named, and where to click: %s', async (scope) => {
    const checks = wrongs(await look({ scopes: SCOPES.filter((each) => each !== scope) }))
    expect(checks).toEqual([
      {
        ...{ verdict: 'wrong', what: 'Slack scopes', says: `the app lacks ${scope}` },
        todo: expect.stringMatching(/OAuth & Permissions > Bot Token Scopes.*Reinstall/),
      },
    ])
  })

  test('Slack finds nothing wrong where all is as it should be', async () => {
    expect(wrongs(await look({}))).toEqual([])
  })

  test.each(['onboarding', 'ops-alerts', 'clients', 'ledger', 'overflow'])(
    'channel #%s is told when it is missing, archived, or Purser is not in it',
    async (name) => {
      const told = async (state: 'missing' | 'archived' | 'left') => wrongs(await look({ channels: { [name]: state } }))
      const what = `Channel #${name}`
      expect(await told('missing')).toMatchObject([{ what, todo: expect.stringContaining('/invite @Purser') }])
      expect(await told('archived')).toMatchObject([
        { what, says: 'is archived', todo: expect.stringContaining('Unarchive') },
      ])
      expect(await told('left')).toMatchObject([{ what, todo: `Type /invite @Purser in #${name}.` }])
    },
  )

  test('a user group that Slack does not have, and people who are not in the workspace, are named', async () => {
    expect(wrongs(await look({ handles: ['ops'] }))).toMatchObject([
      { what: 'User groups', says: expect.stringContaining('@on-call'), todo: expect.stringContaining('User groups') },
    ])
    for (const member of [null, { isDeactivated: true }]) {
      expect(wrongs(await look({ people: { 'olga@acme.example': member } }))).toMatchObject([
        { what: 'People of the rules', says: expect.stringContaining('olga@acme.example') },
      ])
    }
  })

  test('a channel for what the others do not take is asked for', async () => {
    const channels = { ...rules.channels, fallback: undefined }
    const checks = await checkSlack(egressOf({}), { baseUrl: BASE, rules: { ...rules, channels } })
    expect(checks).toContainEqual(expect.objectContaining({ verdict: 'note', what: 'Fallback channel' }))
  })

  test.each([
    [2_000, 'ok'],
    [-20_000, 'note'],
    [90_000, 'wrong'],
    [-400_000, 'wrong'],
  ])('a clock that is %i ms ahead of the time in Slack’s answer is %s', (aheadMs, verdict) => {
    const check = checkClock(egressOf({ aheadMs }))
    expect(check.verdict).toBe(verdict)
    if (check.verdict === 'wrong') expect(check.todo).toContain('timedatectl set-ntp true')
  })
})
