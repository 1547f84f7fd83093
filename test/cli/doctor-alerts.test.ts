import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../../src/sandbox/mail/smtp-sink.ts'
import { purserEnvironment } from '../../src/sandbox/purser-environment.ts'
import { SANDBOX_ACCESS } from '../../src/sandbox/services/tokens.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { openServices } from '../sandbox/services/open-services.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { workplaceRules } from '../support/workplace-rules.ts'
import { runPurser } from './run-purser.ts'

const KEY = SANDBOX_ACCESS.pagerduty.routingKey

let sandbox: Sandbox
let services: Awaited<ReturnType<typeof openServices>>
let sink: SmtpSink
const folder = tempFolder()

beforeAll(async () => {
  writeFileSync(join(folder.path, 'rules.yml'), workplaceRules())
  services = await openServices()
  sandbox = await startSandbox({ servicesUrl: services.url })
  sink = await startSmtpSink()
})

afterAll(async () => {
  await sandbox.close()
  await services.close()
  await sink[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

beforeEach(async () => {
  sink.mails.length = 0
  sink.refusing = false
  await services.control('POST', '/reset')
})

const mail = () => ({
  SMTP_URL: sink.url,
  ALERT_EMAIL_TO: 'on-call@acme.example, boss@acme.example',
  ALERT_EMAIL_FROM: 'purser@acme.example',
})
const pagerDuty = () => ({ PAGERDUTY_ROUTING_KEY: KEY, PAGERDUTY_EVENTS_URL: `${services.url}/pagerduty` })

/** Runs the doctor in a sound workspace with these paths for alerts. */
async function doctor(args: string[], paths: Record<string, string>) {
  const places = { sandboxUrl: sandbox.url, servicesUrl: services.url, signingSecret: sandbox.signingSecret }
  const ran = await runPurser(['doctor', ...args], {
    ...purserEnvironment(places),
    PURSER_HOOK_CONTRACTS_SECRET: sandbox.hookSecret,
    PURSER_DATA: join(folder.path, 'data'),
    PURSER_RULES: join(folder.path, 'rules.yml'),
    ...paths,
  })
  expect(ran.err).toBe('')
  const lines = ran.out.split('\n')
  const at = (what: string): number => lines.findIndex((line) => line.slice(7).startsWith(what))
  return {
    ...ran,
    line: (what: string): string => lines[at(what)] ?? '',
    /** What to do about it. */
    todo: (what: string): string => lines[at(what) + 1] ?? '',
    wrongs: lines.filter((line) => line.startsWith('WRONG')).map((line) => line.slice(7).split('  ')[0]),
  }
}

const incidents = async () => (await services.control('GET', '/state/pagerduty')).incidents

describe('purser doctor --test-alert', () => {
  it('sends one by every path that is set, says what came of each, and ends what it opened', async () => {
    const { code, out, line, wrongs } = await doctor(['--test-alert'], { ...mail(), ...pagerDuty() })
    expect(wrongs).toEqual([])
    expect(code).toBe(0)
    expect(line('Alerts by e-mail')).toMatch(/^ok .*on-call@acme\.example, boss@acme\.example: 250/)
    expect(line('PagerDuty')).toMatch(/^ok .*took a test alert, and its end/)
    expect(sink.mails).toMatchObject([
      {
        to: ['on-call@acme.example', 'boss@acme.example'],
        subject: 'Purser: test alert',
        text: expect.stringContaining('Nothing is wrong.'),
      },
    ])
    expect(await incidents()).toMatchObject([{ status: 'resolved', severity: 'info', events: 1 }])
    expect(out).not.toContain(KEY)
  })

  it('without it asks the mail server alone, and sends nothing', async () => {
    const { code, line } = await doctor([], { ...mail(), ...pagerDuty() })
    expect(code).toBe(0)
    expect(line('Alerts by e-mail')).toMatch(/^ok .*takes our credentials/)
    expect(line('PagerDuty')).toMatch(/^ok .*--test-alert shows whether it is right/)
    expect(sink.mails).toEqual([])
    expect(await incidents()).toEqual([])
  })

  it('tries the second path though the first fails, and ends with 1', async () => {
    sink.refusing = true
    const before = sink.refused
    const { code, line, todo, wrongs } = await doctor(['--test-alert'], { ...mail(), ...pagerDuty() })
    expect(sink.refused - before).toBe(1)
    expect(code).toBe(1)
    expect(wrongs).toEqual(['Alerts by e-mail'])
    expect(line('Alerts by e-mail')).toContain('451')
    expect(todo('Alerts by e-mail')).toContain('→ Check SMTP_URL')
    expect(line('PagerDuty')).toMatch(/^ok /)
    expect(await incidents()).toMatchObject([{ status: 'resolved' }])
  })

  it('says of a key that PagerDuty refuses where the right one is set, and does not print it', async () => {
    const wrongKey = 'wrongKeyOfNobody0123456789abcdef'
    const paths = { ...mail(), ...pagerDuty(), PAGERDUTY_ROUTING_KEY: wrongKey }
    const { code, out, line, todo, wrongs } = await doctor(['--test-alert'], paths)
    expect(code).toBe(1)
    expect(wrongs).toEqual(['PagerDuty'])
    expect(line('PagerDuty')).toContain("'routing_key' is invalid")
    expect(todo('PagerDuty')).toContain('→ Set PAGERDUTY_ROUTING_KEY')
    expect(out).not.toContain(wrongKey)
    expect(sink.mails).toHaveLength(1)
  })

  it('says that PagerDuty is not available, after it was tried twice', async () => {
    await services.control('POST', '/faults', { service: 'pagerduty', kind: '503' })
    const { code, line, wrongs } = await doctor(['--test-alert'], pagerDuty())
    const { requests } = await services.control('GET', '/log/pagerduty')
    expect(requests.map(({ fault }: { fault?: string }) => fault)).toEqual(['503', '503'])
    expect(code).toBe(1)
    expect(wrongs).toEqual(['PagerDuty'])
    expect(line('PagerDuty')).toContain('not available (503)')
  })

  it('says that there is no path where none is set, which is no fault', async () => {
    const { code, line, wrongs } = await doctor(['--test-alert'], {})
    expect(wrongs).toEqual([])
    expect(code).toBe(0)
    expect(line('Second path')).toMatch(/^note .*alerts reach nobody/)
    expect(sink.mails).toEqual([])
  })
})
