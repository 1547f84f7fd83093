import { expect, it } from 'vitest'
import { startHttpServer } from '../../src/ingress/http-server.ts'
import { createLog } from '../../src/log.ts'
import { createFakeClock } from '../support/fake-clock.ts'

it('says in words that its port is taken, and how to choose another', async () => {
  const clock = createFakeClock()
  const log = createLog({ level: 'silent', clock, scrubText: (text) => text })
  const options = { host: '127.0.0.1', clock, log, slack: null, ready: async () => true }
  const first = await startHttpServer({ ...options, port: 0 })
  try {
    await expect(startHttpServer({ ...options, port: first.port })).rejects.toMatchObject({
      consequence: 'person',
      message: `Purser cannot listen on 127.0.0.1:${first.port}: somebody else listens there.`,
      hint: expect.stringContaining('PURSER_PORT'),
    })
  } finally {
    await first.close()
  }
})
