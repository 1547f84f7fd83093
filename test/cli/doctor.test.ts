import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readEndpoints } from '../../src/connectors/index.ts'
import { purserEnvironment } from '../../src/sandbox/purser-environment.ts'
import { SCOPES } from '../../src/sandbox/seed.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { openWorkplace } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { runPurser } from './run-purser.ts'

const lackingScopes = (parse(readFileSync('manifest.yml', 'utf8')).oauth_config.scopes.bot as string[]).filter(
  (scope) => !SCOPES.includes(scope),
)

/** The lines that say that something is wrong, without what they say about the sandbox's own scopes. */
const wrongs = (out: string): string[] =>
  out.split('\n').filter((line) => line.startsWith('WRONG') && !line.includes('Slack scopes'))

const lineOf = (out: string, what: string): string =>
  out.split('\n').find((line) => line.slice(7).startsWith(what)) ?? ''

function environmentOf(at: Awaited<ReturnType<typeof openWorkplace>>): Record<string, string> {
  const { sandbox, servicesUrl } = at.place
  return {
    ...purserEnvironment({ sandboxUrl: sandbox.url, servicesUrl, signingSecret: sandbox.signingSecret }),
    PURSER_HOOK_CONTRACTS_SECRET: sandbox.hookSecret,
    PURSER_DATA: at.data,
    PURSER_RULES: join(at.folder, 'rules.yml'),
  }
}

describe('purser doctor', () => {
  it('finds nothing wrong in a sound workspace, asks every service, and makes nothing in the data folder', async () => {
    await using at = await openWorkplace({ rules: workplaceRules() })
    const env = environmentOf(at)
    const { out, err, code } = await runPurser(['doctor'], env)
    expect(err).toBe('')
    expect(wrongs(out)).toEqual([])
    expect(code).toBe(lackingScopes.length === 0 ? 0 : 1)
    for (const scope of lackingScopes) expect(lineOf(out, 'Slack scopes')).toContain(scope)
    for (const { service, title } of readEndpoints(env, Date.now).endpoints) {
      expect(lineOf(out, title), service).toMatch(/^ok/)
    }
    expect(lineOf(out, 'Channel #onboarding')).toMatch(/^ok/)
    expect(lineOf(out, 'User groups')).toContain('@ops, @teammates, @managers')
    expect(lineOf(out, 'Clock')).toMatch(/^ok/)
    expect(lineOf(out, 'Hooks')).toMatch(/^ok .*contracts/)
    expect(lineOf(out, 'Data folder')).toContain('not there yet')
    expect(await at.effects('google')).toEqual([])
    expect(await at.effects('jira')).toEqual([])
  })

  it('says of each thing that is wrong what to do about it', async () => {
    const rules = workplaceRules()
      .replace("alerts: { default: '#ops-alerts' }", "alerts: { default: '#nowhere' }")
      .replace('user_groups: [managers]', 'user_groups: [bosses], people: [ghost@acme.example]')
    await using at = await openWorkplace({ rules })
    const env = {
      ...environmentOf(at),
      GITHUB_TOKEN: 'ghp_wrong_token_of_nobody',
      JIRA_PROJECT: '',
      PURSER_HOOK_CONTRACTS_SECRET: '',
    }
    const { out, code } = await runPurser(['doctor'], env)
    expect(code).toBe(1)
    expect(lineOf(out, 'Channel #nowhere')).toMatch(/^WRONG/)
    expect(lineOf(out, 'User groups')).toContain('@bosses')
    expect(lineOf(out, 'People of the rules')).toContain('ghost@acme.example')
    expect(lineOf(out, 'GitHub')).toMatch(/^WRONG/)
    expect(lineOf(out, 'Jira')).toContain('JIRA_PROJECT is not set')
    expect(lineOf(out, 'Hook contracts')).toContain('PURSER_HOOK_CONTRACTS_SECRET is not set')
    expect(wrongs(out)).toHaveLength(6)
    expect(out.match(/→/g)).toHaveLength(out.match(/^WRONG/gm)?.length ?? 0)
    expect(out).not.toContain('ghp_wrong_token_of_nobody')
  })

  it.each([
    ['401', 'takes no credentials'],
    ['reset', 'cannot be reached'],
  ] as const)('says of each service that answers %s what to do: it %s', async (kind, _says) => {
    await using at = await openWorkplace({ rules: workplaceRules() })
    const env = environmentOf(at)
    const others = readEndpoints(env, Date.now).endpoints.filter(({ service }) => service !== 'slack')
    for (const { service } of others) await at.break({ service, kind } as Parameters<typeof at.break>[0])
    const { out, code } = await runPurser(['doctor'], env)
    expect(code).toBe(1)
    expect(others.length).toBeGreaterThan(4)
    for (const { service, title } of others) {
      expect(lineOf(out, title), service).toMatch(/^WRONG/)
      const lines = out.split('\n')
      expect(lines[lines.findIndex((line) => line.slice(7).startsWith(title)) + 1], service).toMatch(/→ .{10}/)
    }
  })

  it('works beside a running Purser, and says when its folder is open to others', async () => {
    await using at = await openWorkplace({ rules: workplaceRules() })
    await at.place.startPurser()
    chmodSync(at.data, 0o755)
    const port = new URL(at.place.purserUrl).port
    const { out } = await runPurser(['doctor'], { ...environmentOf(at), PURSER_PORT: port })
    expect(lineOf(out, 'Purser')).toContain('is running')
    expect(lineOf(out, 'Services, as Purser finds them')).toMatch(/^ok .*6 of 6 are working/)
    expect(lineOf(out, 'Master key')).toMatch(/^ok/)
    expect(lineOf(out, 'Database')).toMatch(/^ok .*is sound/)
    expect(wrongs(out).map((line) => line.slice(7).trimEnd())).toEqual([expect.stringContaining('mode 755')])
    expect(at.place.purserPid()).not.toBeNull()
  })

  it('goes on to what it can look at when the settings are not complete', async () => {
    using folder = tempFolder()
    const rules = join(folder.path, 'rules.yml')
    writeFileSync(rules, 'groups: []\n')
    const { out, code } = await runPurser(['doctor'], { PURSER_DATA: folder.path, PURSER_RULES: rules })
    expect(code).toBe(1)
    expect(lineOf(out, 'Settings')).toMatch(/^WRONG/)
    expect(out).toContain('SLACK_BOT_TOKEN is not set')
    expect(lineOf(out, 'Rules')).toMatch(/^WRONG/)
    expect(lineOf(out, 'Master key')).toMatch(/^note/)
    expect(lineOf(out, 'GitHub')).toMatch(/^note/)
  })
})
