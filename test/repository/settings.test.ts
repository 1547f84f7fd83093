import { globSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { readEndpoints } from '../../src/connectors/index.ts'
import { repository, trackedFiles } from './tracked-files.ts'

const example = readFileSync(repository('.env.example'), 'utf8')
/** What one gets by taking the signs of a comment away from the settings that have a default. */
const filledIn = example.replace(/^# ([A-Z][A-Z0-9_]+=)/gm, '$1')
const offered = Object.keys(parseEnv(filledIn))

const READERS = ['src/config.ts', ...globSync('src/connectors/*/endpoint.ts', { cwd: repository('.') })]

/** Every variable is a member of the object that says how it is read. */
const read = new Set(
  READERS.flatMap((path) =>
    [...readFileSync(repository(path), 'utf8').matchAll(/^ {2}([A-Z]+_[A-Z0-9_]+): /gm)].map(([, name = '']) => name),
  ),
)

describe('.env.example', () => {
  it('offers every variable that is read', () => {
    expect(read.size).toBeGreaterThan(30)
    const left = [...read].filter((name) => !offered.includes(name))
    expect(left, 'add the variable to .env.example, with what it is and where to get it').toEqual([])
  })

  it('offers nothing that nobody reads, and nothing twice', () => {
    expect(offered.filter((name) => !read.has(name))).toEqual([])
    const lines = [...filledIn.matchAll(/^([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name)
    expect(lines.filter((name, index) => lines.indexOf(name) !== index)).toEqual([])
  })

  it('offers every variable that a document names', () => {
    const documents = trackedFiles().filter(({ path }) => path.endsWith('.md') || path === 'rules.example.yml')
    const named = documents.flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /\b((?:PURSER|SLACK|GITHUB|JIRA|GOOGLE|SALESFORCE|GUSTO|SMTP|ALERT|PAGERDUTY|DEADMAN)_[A-Z0-9_]*[A-Z0-9])\b/g,
        ),
      ]
        .map(([, name = '']) => name)
        .filter((name) => !offered.includes(name) && !/^PURSER_(?:HOOK_\w+_SECRET|SEED|GALLERY)$/.test(name))
        .map((name) => `${path}: ${name}`),
    )
    expect(named).toEqual([])
  })

  it('holds no value where one of your own belongs', () => {
    expect(Object.entries(parseEnv(example)).filter(([, value]) => value !== '')).toEqual([])
  })

  it('names as defaults what holds without them', () => {
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' }
    const defaults = Object.fromEntries(Object.entries(parseEnv(filledIn)).filter(([, value]) => value !== ''))
    const { paint, ...config } = readConfig({ ...slack, ...defaults })
    const { paint: _limits, ...unset } = readConfig(slack)
    expect(config).toEqual(unset)
    expect(paint).toEqual({ postsPerMinute: 60, updatesPerMinute: 50 })
    const services = Object.fromEntries([...SERVICES, ...Object.entries(slack)])
    expect(lanes({ ...services, ...defaults })).toEqual(lanes(services))
  })
})

const SERVICES: [string, string][] = [
  ['JIRA_SITE_URL', 'https://acme.atlassian.net'],
  ['JIRA_EMAIL', 'bot@acme.example'],
  ['JIRA_API_TOKEN', 't'],
  ['JIRA_PROJECT', 'OPS'],
  ['GITHUB_TOKEN', 't'],
  ['GITHUB_ORG', 'acme'],
  ['SALESFORCE_LOGIN_URL', 'https://acme.my.salesforce.com'],
  ['SALESFORCE_CLIENT_ID', 'c'],
  ['SALESFORCE_CLIENT_SECRET', 's'],
  ['SALESFORCE_PROFILE_ID', '00e'],
  ['GUSTO_COMPANY_ID', 'acme'],
  ['GUSTO_API_TOKEN', 't'],
]

/** What the services come to: addresses, settings and calls a minute. */
function lanes(env: Parameters<typeof readEndpoints>[0]): unknown[] {
  const { endpoints } = readEndpoints(env, () => 0)
  expect(endpoints).toHaveLength(5)
  return endpoints.map(({ service, baseUrl, settings, lane }) => ({
    service,
    baseUrl,
    settings,
    perMinute: (lane.perInterval * 60_000) / lane.intervalMs,
  }))
}
