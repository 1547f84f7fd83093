import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { purserEnvironment } from '../../src/sandbox/purser-environment.ts'
import { peopleAtWork } from '../story/people-at-work.ts'
import { type OpenWorkplace, openWorkplace } from '../support/workplace.ts'
import { workplaceRules } from '../support/workplace-rules.ts'

const START = fileURLToPath(new URL('../../src/start.mjs', import.meta.url))

/** Starts another Purser on the folder of the one that runs, on any free port, and waits until it has ended. */
async function startAnother({ place, data, folder }: OpenWorkplace) {
  const { sandbox, servicesUrl } = place
  const child = spawn(process.execPath, [START], {
    env: {
      PATH: process.env.PATH,
      ...purserEnvironment({ sandboxUrl: sandbox.url, servicesUrl, signingSecret: sandbox.signingSecret }),
      PURSER_HOOK_CONTRACTS_SECRET: sandbox.hookSecret,
      PURSER_DATA: data,
      PURSER_RULES: join(folder, 'rules.yml'),
      PURSER_HOST: '127.0.0.1',
      PURSER_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  })
  const [out, err, [code, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { said: `${out}${err}`, code, signal }
}

it('a second Purser on a data folder is refused, told who works there and what to do; the first one goes on', async () => {
  await using office = await openWorkplace({ rules: workplaceRules() })
  const people = peopleAtWork(office)
  await office.place.startPurser()
  const pid = office.place.purserPid()
  // The first one is in the midst of its work: it tries again.
  await office.break({ service: 'gusto', kind: '503', times: 2 })
  await people.onboard('Jane Doe')

  const second = await startAnother(office)
  expect(second).toMatchObject({ code: 1, signal: null })
  expect(second.said).toContain(`Another Purser works on ${office.data}: process ${pid}.`)
  expect(second.said).toContain('Stop it first')
  expect(second.said).not.toContain('is ready')

  expect(office.place.purserPid()).toBe(pid)
  await people.onboard('John Roe')
  for (const name of ['Jane Doe', 'John Roe']) {
    await people.runCard(name, '✅ Done')
    expect(await people.made(name)).toBe(1)
  }
  expect((await office.log('gusto')).requests.filter(({ fault }) => fault === '503')).toHaveLength(2)
  // Refused a second time too: what the first attempt did let go of nothing.
  expect((await startAnother(office)).said).toContain(`process ${pid}.`)
  await office.place.stopPurser()
  await office.place.startPurser()
  expect(office.place.purserPid()).not.toBe(pid)
})
