import { createVerify, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCachedToken } from '../../src/connectors/cached-token.ts'
import { signAssertion } from '../../src/connectors/google-workspace/token.ts'
import { openGrantFile } from '../../src/connectors/gusto/grant-file.ts'
import { CONNECTORS, readEndpoints } from '../../src/connectors/index.ts'
import type { Endpoint, Look } from '../../src/domain/operation.ts'
import { sandboxEnvironment } from './open-wire.ts'

const NOW = Date.UTC(2026, 10, 2, 9)
const ENV = sandboxEnvironment({ services: 'http://127.0.0.1:4711' })
const read = (env: Record<string, string | undefined>) => readEndpoints(env, () => NOW)
const without = (name: string) => read({ ...ENV, [name]: undefined })

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'purser-connectors-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('reading the environment', () => {
  it('gives an endpoint for each service that is configured', () => {
    const { endpoints, missing } = read(ENV)
    expect(missing).toEqual([])
    expect(endpoints.map(({ service }) => service)).toEqual(CONNECTORS.map(({ connector }) => connector.service))
  })

  it.each(Object.keys(ENV).filter((name) => !/_API_URL$|LAG/.test(name) && name !== 'GUSTO_API_TOKEN'))(
    'says what %s is and where to get it when it is missing',
    (variable) => {
      const { endpoints, missing } = without(variable)
      expect(endpoints).toHaveLength(CONNECTORS.length - 1)
      expect(missing).toEqual([
        {
          service: variable.split('_')[0]?.toLowerCase(),
          variable,
          problem: 'is not set',
          what: expect.stringMatching(/^[A-Z].{10,}[^.]$/),
          where: expect.stringMatching(/^(https:\/\/|[A-Z]).{5,}/),
        },
      ])
    },
  )

  it('names all that lacks at once, service by service, and takes empty for unset', () => {
    const { endpoints, missing } = read({ GITHUB_TOKEN: '  ' })
    expect(endpoints).toEqual([])
    const github = missing.filter(({ service }) => service === 'github').map(({ variable }) => variable)
    expect(github).toEqual(['GITHUB_TOKEN', 'GITHUB_ORG'])
  })

  it.each([
    ['JIRA_SITE_URL', 'acme.atlassian.net', 'is not a URL'],
    ['GITHUB_API_URL', 'http://api.github.example', 'has to begin with https://'],
    ['GOOGLE_ADMIN_EMAIL', 'admin', 'is not an e-mail address'],
    ['GOOGLE_SERVICE_ACCOUNT_KEY', '{"private_key":"s3cr3t-key"}', 'is neither the JSON key'],
    ['GITHUB_CALLS_PER_MINUTE', 'many', 'is not a whole number'],
  ])('says what is wrong with %s without showing it', (variable, value, problem) => {
    const { missing } = read({ ...ENV, [variable]: value })
    expect(missing).toHaveLength(1)
    expect(missing[0]?.problem).toContain(problem)
    expect(JSON.stringify(missing)).not.toContain('s3cr3t')
  })

  it('reads the service account from a file, too', () => {
    const path = join(folder, 'key.json')
    writeFileSync(path, ENV.GOOGLE_SERVICE_ACCOUNT_KEY ?? '')
    expect(read({ ...ENV, GOOGLE_SERVICE_ACCOUNT_KEY: path }).missing).toEqual([])
  })

  it('lets a service be reached at its own hosts alone', () => {
    const { endpoints } = read({
      ...ENV,
      GOOGLE_API_URL: undefined,
      SLACK_API_URL: undefined,
      GITHUB_API_URL: undefined,
    })
    const hosts = Object.fromEntries(endpoints.map(({ service, allowedHosts }) => [service, allowedHosts]))
    expect(hosts).toMatchObject({
      slack: ['slack.com', 'files.slack.com', 'hooks.slack.com'],
      google: ['admin.googleapis.com', 'oauth2.googleapis.com'],
      github: ['api.github.com'],
      jira: ['127.0.0.1:4711'],
    })
  })

  it('keeps to the number of calls that the operator sets, and to the vendor’s otherwise', () => {
    const lane = (env: Record<string, string>) => read(env).endpoints.find(({ service }) => service === 'gusto')?.lane
    expect(lane(ENV)).toEqual({ concurrency: 5, perInterval: 30, intervalMs: 10_000 })
    expect(lane({ ...ENV, GUSTO_CALLS_PER_MINUTE: '60' })).toMatchObject({ perInterval: 10 })
  })

  it('says how long Jira’s search lags only when the operator does', () => {
    const lag = (seconds: string | undefined) =>
      read({ ...ENV, JIRA_INDEX_LAG_SECONDS: seconds }).endpoints.find(({ service }) => service === 'jira')?.indexLagMs
    expect([lag(undefined), lag('2')]).toEqual([undefined, 2000])
  })

  it('knows its secrets, so that they can be hidden', () => {
    const secrets = read(ENV).endpoints.flatMap((endpoint) => endpoint.secrets())
    for (const name of [
      'SLACK_BOT_TOKEN',
      'GITHUB_TOKEN',
      'JIRA_API_TOKEN',
      'SALESFORCE_CLIENT_SECRET',
      'GUSTO_API_TOKEN',
    ]) {
      expect(secrets).toContain(ENV[name])
    }
    expect(secrets.some((secret) => secret.includes('BEGIN PRIVATE KEY'))).toBe(true)
  })
})

describe('a token that is fetched', () => {
  const noLook: Look = () => Promise.reject(new Error('not expected'))

  it('is fetched once for those who ask at the same time, and kept until shortly before it ends', async () => {
    let now = NOW
    let fetched = 0
    const token = createCachedToken(
      () => now,
      async () => ({ token: `token-${++fetched}`, expiresAt: now + 600_000 }),
    )
    expect(await Promise.all([token.get(noLook), token.get(noLook), token.get(noLook)])).toEqual(
      Array(3).fill('token-1'),
    )
    now += 530_000
    expect(await token.get(noLook)).toBe('token-1')
    now += 20_000
    expect(await token.get(noLook)).toBe('token-2')
    expect(token.secrets()).toEqual(['token-2', 'token-1'])
  })

  it('is fetched again after it was refused, and after a failure', async () => {
    let fetched = 0
    const token = createCachedToken(
      () => NOW,
      async () => {
        if (++fetched === 1) throw new Error('the token service is down')
        return { token: `token-${fetched}`, expiresAt: NOW + 600_000 }
      },
    )
    await expect(token.get(noLook)).rejects.toThrow('is down')
    expect(await token.get(noLook)).toBe('token-2')
    token.forget()
    expect(await token.get(noLook)).toBe('token-3')
  })

  it('is asked for with an assertion that the service account’s key has signed', () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const audience = 'https://oauth2.googleapis.com/token'
    const jwt = signAssertion({
      clientEmail: 'sa@acme.example',
      privateKey,
      subject: 'admin@acme.example',
      audience,
      now: NOW,
    })
    const [header = '', claims = '', signature = ''] = jwt.split('.')
    expect(createVerify('RSA-SHA256').update(`${header}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(
      true,
    )
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'sa@acme.example',
      sub: 'admin@acme.example',
      aud: audience,
      iat: NOW / 1000,
      exp: NOW / 1000 + 3600,
    })
  })
})

describe('Gusto’s refreshed token', () => {
  const env = (first = 'refresh-1') => ({
    ...ENV,
    GUSTO_API_TOKEN: undefined,
    GUSTO_CLIENT_ID: 'client',
    GUSTO_CLIENT_SECRET: 'client-secret',
    GUSTO_REFRESH_TOKEN: first,
    GUSTO_GRANT_FILE: join(folder, 'grant.json'),
  })
  const gustoOf = (given: Record<string, string | undefined>): Endpoint => {
    const endpoint = read(given).endpoints.find(({ service }) => service === 'gusto')
    if (!endpoint) throw new Error('Gusto is not configured')
    return endpoint
  }
  /** Gusto’s token service: each refresh token gives the next one. */
  const tokenService = () => {
    const asked: string[] = []
    const look: Look = async (operation, input) => {
      const { body } = operation.request(input, {})
      const { refresh_token: given } = body as { refresh_token: string }
      asked.push(given)
      const answer = { access_token: `access-for-${given}`, refresh_token: `${given}+`, expires_in: 7200 }
      return operation.answer.parse(answer)
    }
    return { asked, look }
  }
  const bearer = async (endpoint: Endpoint, look: Look) => {
    const request = { headers: {} as Record<string, string> }
    await endpoint.authorize(request, look)
    return request.headers.authorization
  }

  it('is on disk, for our eyes only, before the new access token is first used', async () => {
    const { look } = tokenService()
    expect(await bearer(gustoOf(env()), look)).toBe('Bearer access-for-refresh-1')
    expect(openGrantFile(join(folder, 'grant.json'), 'refresh-1').refreshToken()).toBe('refresh-1+')
    expect(statSync(join(folder, 'grant.json')).mode & 0o777).toBe(0o600)
  })

  it('goes on from the newest after a restart, and begins anew with one that the operator sets', async () => {
    const { asked, look } = tokenService()
    await bearer(gustoOf(env()), look)
    await bearer(gustoOf(env()), look)
    await bearer(gustoOf(env('another')), look)
    expect(asked).toEqual(['refresh-1', 'refresh-1+', 'another'])
  })

  it('is refreshed again when Gusto refuses the access token, and not used when it could not be kept', async () => {
    const { asked, look } = tokenService()
    const endpoint = gustoOf(env())
    await bearer(endpoint, look)
    endpoint.forgetCredentials?.()
    await bearer(endpoint, look)
    expect(asked).toEqual(['refresh-1', 'refresh-1+'])
    const lost = gustoOf({ ...env(), GUSTO_GRANT_FILE: join(folder, 'no-such-folder', 'grant.json') })
    await expect(bearer(lost, look)).rejects.toMatchObject({ code: 'gusto-grant-not-kept' })
  })

  it('is named as the way when nothing of Gusto is set', () => {
    const { missing } = read({})
    const gusto = missing.filter(({ service }) => service === 'gusto').map(({ variable }) => variable)
    expect(gusto).toEqual(['GUSTO_COMPANY_ID', 'GUSTO_CLIENT_ID', 'GUSTO_CLIENT_SECRET', 'GUSTO_REFRESH_TOKEN'])
  })
})
