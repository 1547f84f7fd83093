import { expect, it } from 'vitest'
import { VERIFIERS } from '../../src/ingress/signatures.ts'
import { startSandbox } from '../../src/sandbox/start-sandbox.ts'
import { startFakePurser } from './fake-purser.ts'

type Way = keyof typeof VERIFIERS
const ways = Object.keys(VERIFIERS) as Way[]

async function open() {
  const purser = await startFakePurser()
  purser.answering(() => ({ status: 202, body: { received: true } }))
  const sandbox = await startSandbox({ purserUrl: purser.url })
  return {
    purser,
    sandbox,
    async send(body: object) {
      const response = await fetch(`${sandbox.url}/sandbox/webhook`, { method: 'POST', body: JSON.stringify(body) })
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close()
      await purser[Symbol.asyncDispose]()
    },
  }
}

it.each(ways)('signs a webhook as %s does, so that Purser takes it, and a forged one not', async (signature) => {
  await using at = await open()
  const isTaken = () => {
    const { raw, headers } = at.purser.received.at(-1) ?? { raw: '', headers: {} }
    const sent = { body: Buffer.from(raw), headers: headers as Record<string, string>, now: Date.now() }
    return VERIFIERS[signature]({ ...sent, secrets: [at.sandbox.hookSecret] })
  }
  const answer = await at.send({ source: 'hr-platform', signature, body: { type: 'ping' } })
  expect(answer.body).toMatchObject({ answered: 202, answer: '{"received":true}' })
  expect(at.purser.received.at(-1)?.body).toEqual({ type: 'ping' })
  expect(isTaken()).toBe(true)
  await at.send({ source: 'hr-platform', signature, body: { type: 'ping' }, forged: true })
  expect(at.purser.received).toHaveLength(2)
  expect(isTaken()).toBe(false)
})

it('says which ways of signing there are, and when nobody answers', async () => {
  await using at = await open()
  const wrong = await at.send({ source: 'x', signature: 'rsa' })
  expect(wrong.status).toBe(400)
  expect(wrong.body.hint).toContain('standard-webhooks, stripe, github')
  at.sandbox.setPurserUrl('http://127.0.0.1:9')
  expect((await at.send({ source: 'x' })).body).toMatchObject({ answered: null })
})
