import { describe, expect, it } from 'vitest'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import { openDoors, SECRET } from './open-doors.ts'

describe('a webhook', () => {
  it('starts what the rules say, with the input that they map, and names who sent it', async () => {
    await using opened = await openDoors()
    expect(await opened.hired('Jane Doe')).toEqual({ status: 202, body: { received: true } })
    const [row] = await opened.runs()
    const run = row && (await opened.at.engine().run(TEAM, row.id))
    expect(run).toMatchObject({
      input: { name: 'Jane Doe', email: 'jane.doe@acme.example' },
      startedBy: { kind: 'machine', part: 'hook', name: 'contracts' },
    })
    expect(await opened.items()).toEqual([])
    expect((await opened.kinds()).filter((kind) => /inbox|webhook/.test(kind))).toEqual([
      'webhook.received',
      'inbox.taken',
    ])
    expect(opened.at.errors).toEqual([])
  })

  it('that comes again is received, and nothing is done twice', async () => {
    await using opened = await openDoors()
    await opened.hired('Jane Doe', 'msg_same')
    expect(await opened.hired('Jane Doe', 'msg_same')).toEqual({ status: 200, body: { received: true, again: true } })
    expect(await opened.runs()).toHaveLength(1)
    expect((await opened.kinds()).filter((kind) => kind === 'webhook.received')).toHaveLength(1)
  })

  it('that comes twice at once is received twice and kept once', async () => {
    await using opened = await openDoors()
    const answers = await Promise.all([opened.hired('Jane Doe', 'msg_1'), opened.hired('Jane Doe', 'msg_1')])
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 202])
    expect(await opened.runs()).toHaveLength(1)
  })

  it('delivers an event to the step that waits for its key', async () => {
    await using opened = await openDoors()
    const run = await opened.begin('acme-42')
    await opened.contractSigned('globex-1')
    expect(await opened.at.statuses(run.id)).toBe('waiting pending')
    await opened.contractSigned('ACME-42')
    expect(await opened.at.statuses(run.id)).toBe('succeeded succeeded')
    expect(await opened.at.step(run.id, 'signed')).toMatchObject({ output: { signedAt: '2026-11-02' } })
    expect((await opened.items()).map(({ status, code }) => [status, code])).toEqual([['kept', 'contract-signed']])
  })

  it('that comes before its step waits is kept, and given to it as soon as it does', async () => {
    await using opened = await openDoors()
    await opened.contractSigned('acme-42')
    expect(await opened.items()).toMatchObject([{ status: 'kept' }])
    const run = await opened.begin('acme-42')
    await settle()
    expect(await opened.at.statuses(run.id)).toBe('succeeded succeeded')
    expect(await opened.items()).toEqual([])
  })

  it('is given to every run that waits for its key', async () => {
    await using opened = await openDoors()
    const [one, other] = [await opened.begin('acme-42'), await opened.begin('acme-42', 'client-billing')]
    await opened.contractSigned('acme-42')
    expect(await opened.at.statuses(one.id)).toBe('succeeded succeeded')
    expect(await opened.at.statuses(other.id)).toBe('succeeded')
    expect(await opened.items()).toEqual([])
  })

  it('for a run that has ended changes nothing, and stays to be seen', async () => {
    await using opened = await openDoors()
    const run = await opened.begin('acme-42')
    await opened.contractSigned('acme-42')
    const before = await opened.at.run(run.id)
    await opened.contractSigned('acme-42')
    expect(await opened.at.run(run.id)).toEqual(before)
    expect(await opened.items()).toMatchObject([{ status: 'kept' }])
  })

  it('about which the rules say nothing is only kept in the ledger when they say so', async () => {
    await using opened = await openDoors()
    await opened.send('/hooks/contracts', opened.signed('{"type":"ping"}'))
    expect(await opened.items()).toEqual([])
    expect(await opened.kinds()).toEqual(['webhook.received', 'inbox.ignored'])
  })

  it.each([
    ['is not JSON', '{"type":', 'not-json'],
    ['is empty', '', 'not-json'],
    ['fits no condition', '{"type":"contract.lost"}', 'nothing-matches'],
    ['is JSON and no object', '[1]', 'not-in-what-came'],
    ['lacks the field of its key', '{"type":"contract.signed","data":{}}', 'not-in-what-came'],
    ['has an empty key', '{"type":"contract.signed","data":{"contract":" ","signed_at":""}}', 'no-event-key'],
    ['lacks what the form asks for', '{"type":"person.hired","data":{"name":"J","email":"x"}}', 'input-not-valid'],
  ])('that %s is received, and waits for a look with its reason', async (_what, body, code) => {
    await using opened = await openDoors()
    expect((await opened.send('/hooks/contracts', opened.signed(body))).status).toBe(202)
    expect(await opened.items()).toMatchObject([{ status: 'stuck', code }])
    const [entry] = await opened.inbox().list(TEAM, 10)
    expect(entry?.why?.message).toMatch(/\w/)
    expect(entry?.why?.hint).toMatch(/\w/)
    expect(await opened.runs()).toEqual([])
    expect(opened.at.errors).toEqual([])
  })

  it('whose payload the step does not take waits for a look, and the step goes on waiting', async () => {
    await using opened = await openDoors()
    const run = await opened.begin('acme-42')
    const body = JSON.stringify({ type: 'contract.signed', data: { contract: 'acme-42', signed_at: 5 } })
    await opened.send('/hooks/contracts', opened.signed(body))
    expect(await opened.items()).toMatchObject([{ status: 'stuck', code: 'payload-not-valid' }])
    expect(await opened.at.statuses(run.id)).toBe('waiting pending')
  })

  it('is signed with either secret while one takes the place of the other', async () => {
    await using opened = await openDoors()
    const secret = 'whsec_c2Vjb25kLXNlY3JldC1vZi1jb250cmFjdHM='
    expect(await opened.send('/hooks/contracts', opened.signed('{"type":"ping"}', { secret }))).toMatchObject({
      status: 202,
    })
  })

  it('keeps nothing in the open of what it says', async () => {
    await using opened = await openDoors()
    await opened.contractSigned('acme-secret-42', 'jane@acme.example')
    const [item] = await opened.items()
    expect(item?.event).not.toContain('@')
    expect(Buffer.from(item?.sealed ?? []).toString('latin1')).not.toContain('acme-secret-42')
    const entries = await opened.at.store.entries({ team: TEAM }, null, 10)
    expect(JSON.stringify(entries)).not.toContain('acme-secret-42')
  })
})

describe('what is refused at the door', () => {
  const PING = '{"type":"ping"}'
  it.each<[string, (o: Awaited<ReturnType<typeof openDoors>>) => [string, Parameters<typeof o.send>[1]], number]>([
    ['a hook that the rules do not name', (o) => ['/hooks/nobody', o.signed(PING)], 404],
    ['a hook without a secret', (o) => ['/hooks/unset', o.signed(PING)], 503],
    ['another method', (o) => ['/hooks/contracts', { ...o.signed(PING), method: 'GET' }], 405],
    ['no signature', () => ['/hooks/contracts', { body: PING }], 401],
    ['another secret', (o) => ['/hooks/contracts', o.signed(PING, { secret: 'whsec_b3RoZXI=' })], 401],
    ['a body that was changed', (o) => ['/hooks/contracts', { ...o.signed(PING), body: '{"type":"pong"}' }], 401],
    ['one that is too old', (o) => ['/hooks/contracts', o.signed(PING, { ago: 301_000 })], 401],
    ['one of the future', (o) => ['/hooks/contracts', o.signed(PING, { ago: -301_000 })], 401],
    ['another way of signing', (o) => ['/hooks/payments', o.signed(PING)], 401],
    ['a body beyond 1 MB', (o) => ['/hooks/contracts', o.signed('x'.repeat(1_048_577))], 413],
    [
      'one that says it is larger than 1 MB',
      (o) => [
        '/hooks/contracts',
        { ...o.signed(PING), headers: { ...o.signed(PING).headers, 'content-length': '9999999' } },
      ],
      413,
    ],
    [
      'a body that is packed',
      (o) => [
        '/hooks/contracts',
        { ...o.signed(PING), headers: { ...o.signed(PING).headers, 'content-encoding': 'gzip' } },
      ],
      415,
    ],
  ])('%s: it says why, and nothing is kept', async (_what, request, status) => {
    await using opened = await openDoors()
    const answer = await opened.send(...request(opened))
    expect(answer.status).toBe(status)
    expect(answer.body).toMatchObject({ error: expect.any(String), hint: expect.stringMatching(/\w{3}/) })
    expect(await opened.items()).toEqual([])
    expect(await opened.kinds()).toEqual([])
    expect(JSON.stringify(answer)).not.toContain(SECRET)
  })
})

describe('a stop of Purser', () => {
  const SCENES = {
    starts: (opened: Awaited<ReturnType<typeof openDoors>>) => opened.hired('Jane Doe', 'msg_1'),
    delivers: (opened: Awaited<ReturnType<typeof openDoors>>) => opened.contractSigned('acme-42', 'msg_1'),
  }

  it.each(['starts', 'delivers'] as const)(
    'between any two writes of what %s loses nothing and does nothing twice',
    async (scene) => {
      let fired = 0
      for (let survives = 0; ; survives++) {
        await using opened = await openDoors()
        const waiting =
          scene === 'delivers' ? [await opened.begin('acme-42'), await opened.begin('acme-42', 'client-billing')] : []
        let left = survives
        let down = false
        opened.at.refuse.commit = () => {
          if (!down && left-- > 0) return null
          down = true
          return new Promise(() => undefined)
        }
        const sent = SCENES[scene](opened)
        const answer = await Promise.race([sent, settle(200).then(() => null)])
        opened.at.refuse.commit = null
        if (!down) {
          expect(fired).toBeGreaterThan(scene === 'starts' ? 3 : 4)
          return
        }
        fired += 1
        await opened.restart()
        // Its sender was not answered, and sends it again.
        if (answer === null) await SCENES[scene](opened)
        await opened.at.clock.advance(20_000)
        expect(await opened.items()).toEqual([])
        if (scene === 'starts') expect(await opened.runs()).toHaveLength(1)
        else for (const run of waiting) expect((await opened.at.run(run.id)).status).toBe('succeeded')
        expect((await opened.kinds()).filter((kind) => kind === 'webhook.received')).toHaveLength(1)
      }
    },
  )

  it('that is paused only keeps what comes, and deals with it when it goes on', async () => {
    await using opened = await openDoors({ start: false })
    expect((await opened.hired('Jane Doe')).status).toBe(202)
    expect(await opened.runs()).toEqual([])
    expect(await opened.items()).toMatchObject([{ status: 'new' }])
    await opened.inbox().start()
    await settle()
    expect(await opened.runs()).toHaveLength(1)
  })
})
