import { describe, expect, it } from 'vitest'
import { judgeGitHub } from '../../src/connectors/github/judge.ts'
import { invitationCreate } from '../../src/connectors/github/operations.ts'
import { judgeGoogle } from '../../src/connectors/google-workspace/judge.ts'
import { judgeGusto } from '../../src/connectors/gusto/judge.ts'
import { judgeJira } from '../../src/connectors/jira/judge.ts'
import { judgeSalesforce } from '../../src/connectors/salesforce/judge.ts'
import { channelCreate, channelInvite } from '../../src/connectors/slack/channels.ts'
import { judgeSlack } from '../../src/connectors/slack/judge.ts'
import { userByEmail } from '../../src/connectors/slack/people.ts'
import type { HttpResponse } from '../../src/domain/operation.ts'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body,
})
const google = (status: number, reason: string, message = 'No.') =>
  judgeGoogle(answer(status, { error: { code: status, message, errors: [{ message, domain: 'global', reason }] } }))
const salesforce = (status: number, errorCode: string) =>
  judgeSalesforce(answer(status, [{ message: 'No.', errorCode, fields: [] }]))
const slackSays = (error: string, more: object = {}) => answer(200, { ok: false, error, ...more })

describe('Google Workspace', () => {
  it.each(['userRateLimitExceeded', 'rateLimitExceeded', 'quotaExceeded'])('is asked again after 403 %s', (reason) => {
    expect(google(403, reason)).toMatchObject({ kind: 'retry', code: 'rate-limited' })
  })
  it('is not asked again when it forbids, and the scopes are named', () => {
    expect(google(403, 'forbidden')).toMatchObject({
      kind: 'permanent',
      code: 'forbidden',
      hint: expect.stringContaining('admin.directory.user'),
    })
  })
  it('says with 409 duplicate that it exists', () => {
    expect(google(409, 'duplicate')).toEqual({ kind: 'duplicate' })
  })
  it.each([412, 400])('is asked again while it still makes the account (%i)', (status) => {
    expect(google(status, 'invalid', 'User creation is not complete.')).toMatchObject({
      kind: 'retry',
      code: 'account-not-ready',
    })
  })
  it('refuses an input for good', () => {
    expect(google(400, 'invalid', 'Invalid Input: primaryEmail')).toMatchObject({ kind: 'permanent', code: 'invalid' })
  })
})

describe('GitHub', () => {
  const limited = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': '1767225660',
    date: 'Thu, 01 Jan 2026 00:00:00 GMT',
  }

  it('is asked again when its limit is reset, by its own clock', () => {
    expect(judgeGitHub(answer(403, { message: 'API rate limit exceeded' }, limited))).toMatchObject({
      kind: 'retry',
      code: 'rate-limited',
      retryAfterMs: 60_000,
    })
  })
  it('leaves a Retry-After to be obeyed as it stands', () => {
    const verdict = judgeGitHub(answer(403, { message: 'secondary rate limit' }, { 'retry-after': '7' }))
    expect(verdict).toMatchObject({ kind: 'retry' })
    expect(verdict).not.toHaveProperty('retryAfterMs')
  })
  it('is left alone for a minute after a 429 without any time', () => {
    expect(judgeGitHub(answer(429, {}))).toMatchObject({ kind: 'retry', retryAfterMs: 60_000 })
  })
  it('takes 403 without a limit for a refusal', () => {
    const verdict = judgeGitHub(answer(403, { message: 'Must be an owner' }, { 'x-ratelimit-remaining': '4999' }))
    expect(verdict).toMatchObject({ kind: 'permanent', message: expect.stringContaining('Must be an owner') })
  })
  it('tells with 401 which token to make and where to set it', () => {
    expect(judgeGitHub(answer(401, { message: 'Bad credentials' }))).toMatchObject({
      kind: 'permanent',
      message: 'GitHub refused the credentials: Bad credentials',
      hint: expect.stringMatching(/admin:org.*GITHUB_TOKEN/),
    })
  })
  it('takes "is a member already" for done, also in GitHub’s own misspelling', () => {
    const message = 'A user with this email addresss is already a part of this organization'
    const body = { message: 'Validation Failed', errors: [{ code: 'unprocessable', field: 'data', message }] }
    expect(invitationCreate.judge?.(answer(422, body))).toEqual({ kind: 'done' })
    expect(invitationCreate.answer.parse(body)).toEqual({ state: 'already-member', invitationId: null })
  })
  it('takes any other 422 for a refusal', () => {
    const errors = [{ code: 'unprocessable', message: 'Over invitation rate limit' }]
    const verdict = invitationCreate.judge?.(answer(422, { message: 'Validation Failed', errors }))
    expect(verdict).toMatchObject({ kind: 'permanent', message: expect.stringContaining('Over invitation rate limit') })
  })
})

describe('Jira', () => {
  it('names the limit that was reached', () => {
    expect(judgeJira(answer(429, {}, { 'ratelimit-reason': 'jira-burst-based' }))).toMatchObject({
      kind: 'retry',
      message: expect.stringContaining('jira-burst-based'),
    })
  })
  it('says which field it did not like', () => {
    expect(
      judgeJira(answer(400, { errorMessages: [], errors: { project: 'valid project is required' } })),
    ).toMatchObject({
      kind: 'permanent',
      message: 'Jira refused the request (400): project: valid project is required',
    })
  })
})

describe('Salesforce', () => {
  it.each([
    [403, 'REQUEST_LIMIT_EXCEEDED', 'retry', 'rate-limited'],
    [400, 'UNABLE_TO_LOCK_ROW', 'retry', 'unable-to-lock-row'],
    [401, 'INVALID_SESSION_ID', 'retry', 'token-expired'],
    [400, 'DUPLICATES_DETECTED', 'permanent', 'duplicates-detected'],
    [400, 'DUPLICATE_USERNAME', 'permanent', 'duplicate-username'],
    [403, 'INSUFFICIENT_ACCESS', 'permanent', 'insufficient-access'],
  ])('takes %i %s for a %s', (status, code, kind, ours) => {
    expect(salesforce(status, code)).toMatchObject({ kind, code: ours })
  })
  it('wrote nothing when several records match', () => {
    expect(judgeSalesforce(answer(300, ['/a', '/b']))).toMatchObject({ kind: 'permanent', code: 'several-match' })
  })
})

describe('Gusto', () => {
  it('is left alone for its window after a 429 without Retry-After', () => {
    expect(judgeGusto(answer(429, ''))).toMatchObject({ kind: 'retry', retryAfterMs: 60_000 })
  })
  it('is read and tried again after a 409', () => {
    expect(judgeGusto(answer(409, { errors: [] }))).toMatchObject({ kind: 'retry', code: 'changed-meanwhile' })
  })
  it('says what it did not like', () => {
    const errors = [{ error_key: 'email', category: 'invalid_attribute_value', message: 'Email is taken' }]
    expect(judgeGusto(answer(422, { errors }))).toMatchObject({
      kind: 'permanent',
      code: 'invalid-attribute-value',
      message: 'Gusto refused the request (422): Email is taken',
    })
  })
})

describe('Slack', () => {
  it.each(['ratelimited', 'rate_limited'])('is asked again after %s', (error) => {
    expect(judgeSlack(slackSays(error))).toMatchObject({ kind: 'retry', code: 'rate-limited' })
  })
  it.each(['internal_error', 'fatal_error', 'service_unavailable'])(
    'is asked again after %s, which may have been done',
    (error) => {
      expect(judgeSlack(slackSays(error))).toMatchObject({ kind: 'retry', mayStand: true })
    },
  )
  it.each([
    ['invalid_auth', 'SLACK_BOT_TOKEN'],
    ['channel_not_found', '/invite'],
    ['is_archived', 'Unarchive'],
    ['invalid_blocks', 'invalid_blocks'],
  ])('tells the way out of %s', (error, hint) => {
    expect(judgeSlack(slackSays(error))).toMatchObject({
      kind: 'permanent',
      code: error.replaceAll('_', '-'),
      hint: expect.stringContaining(hint),
    })
  })
  it('names the scope that is missing', () => {
    expect(judgeSlack(slackSays('missing_scope', { needed: 'channels:manage' }))).toMatchObject({
      kind: 'permanent',
      message: expect.stringContaining('channels:manage'),
    })
  })
  it('refuses a channel’s name or a member twice, each by its own code', () => {
    expect(channelCreate.judge?.(slackSays('name_taken'))).toEqual({ kind: 'duplicate' })
    expect(channelInvite.judge?.(slackSays('already_in_channel'))).toEqual({ kind: 'duplicate' })
    expect(channelInvite.judge?.(slackSays('name_taken'))).toMatchObject({ kind: 'permanent' })
  })
  it('answers that nobody has an address', () => {
    const nobody = slackSays('users_not_found')
    expect(userByEmail.judge?.(nobody)).toEqual({ kind: 'done' })
    expect(userByEmail.answer.parse(nobody.body)).toBeNull()
  })
})
