import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { ReceivedMail } from '../../src/sandbox/mail/smtp-sink.ts'
import { startWorkplace } from '../../src/sandbox/start-workplace.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { until } from '../watchdog/open-watched.ts'

it('whoever is on call hears by e-mail that Purser was killed, and that it runs again', async () => {
  using folder = tempFolder()
  const rulesFile = join(folder.path, 'rules.yml')
  copyFileSync('rules.example.yml', rulesFile)
  const mails: ReceivedMail[] = []
  await using place = await startWorkplace({
    ...{ folder: folder.path, port: 0, latencyMs: 0, rulesFile, onLine: () => undefined },
    onMail: (mail) => mails.push(mail),
  })
  await place.startPurser()
  await new Promise((resolve) => setTimeout(resolve, 2_500))
  await place.killPurser()
  await until(() => mails.length === 1)
  expect(mails[0]).toMatchObject({ to: ['on-call@acme.example'], subject: expect.stringContaining('has ended') })
  await place.startPurser()
  await until(() => mails.length === 2)
  expect(mails[1]?.subject).toContain('over: Purser has ended')
  await place.stopPurser()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(mails).toHaveLength(2)
})
