import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Run } from '../../src/domain/run.ts'
import { createWatch } from '../../src/engine/watch.ts'
import { evaluateRules } from '../../src/rules/evaluate.ts'
import { loadRules, problemsInWords } from '../../src/rules/load.ts'
import { rulesFrame } from '../../src/rules-frame.ts'
import { clientContract } from '../../workflows/client-contract.ts'
import { workflows } from '../../workflows/index.ts'
import { MAYA } from '../engine/asked-people.ts'
import { TEAM } from '../support/test-ids.ts'
import { testLedger } from '../support/test-ledger.ts'
import { openDoors } from './open-doors.ts'

const DAY = 86_400_000
const FIRM = 'Acme  Ltd'
const SIGNED = { client: 'ACME Ltd', signed_on: '2026-11-20', link: 'https://sign.example/acme' }

function exampleRules() {
  const file = 'rules.example.yml'
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  const loaded = loadRules({ file, text, frame: rulesFrame(workflows) })
  if (!loaded.ok) throw new Error(problemsInWords(loaded.problems))
  return evaluateRules(loaded.rules, 2)
}

/** The shipped workflow, by the shipped rules, behind the real door. */
async function open() {
  const opened = await openDoors({ shipped: { workflow: clientContract, rules: exampleRules() } })
  const { at } = opened
  const watch = createWatch({
    ...{ store: at.store, clock: at.clock, ids: at.ids, team: TEAM, keys: at.keys },
    ledger: testLedger({ store: at.store, keys: at.keys, clock: at.clock }),
    rules: { current: () => at.rules.now, at: async () => at.rules.now, problems: () => [] },
    engine: at.engine(),
    workflows: [clientContract],
    onStale: () => undefined,
    onError: (error) => at.errors.push(error),
  })
  watch.start()
  const body = (data: object) => JSON.stringify({ type: 'contract.signed', data })
  return {
    ...opened,
    begin: () => at.begin({ firm: FIRM, owner: 'U0ALAN0000', value: 12_000 }),
    approve: async (run: Run) => {
      const step = await at.step(run.id, 'approval')
      const about = { step: step.key, stepVersion: step.version, as: { email: MAYA.email, groups: MAYA.groups } }
      expect(await at.press(run.id, { kind: 'approve', ...about }, MAYA.actor)).toMatchObject({ kind: 'decided' })
    },
    signed: (data: object = SIGNED, signing: Parameters<typeof opened.signed>[1] = {}) =>
      opened.send('/hooks/contracts', opened.signed(body(data), signing)),
    alerts: async () => (await at.store.openAlerts()).map(({ matter }) => matter),
    async [Symbol.asyncDispose]() {
      await watch.stop()
      await opened[Symbol.asyncDispose]()
    },
  }
}

describe('a client’s contract', () => {
  test('is signed when the webhook says so, whichever way the name is written', async () => {
    await using office = await open()
    const run = await office.begin()
    await office.approve(run)
    expect(await office.at.statuses(run.id)).toBe('succeeded waiting')
    expect((await office.signed()).status).toBe(202)
    expect(await office.at.run(run.id)).toMatchObject({ status: 'succeeded' })
    expect(await office.at.step(run.id, 'signed')).toMatchObject({
      output: { signedOn: '2026-11-20', link: 'https://sign.example/acme' },
    })
  })

  test('that is signed before it is approved here goes on as soon as it is', async () => {
    await using office = await open()
    const run = await office.begin()
    expect((await office.signed()).status).toBe(202)
    expect(await office.items()).toMatchObject([{ status: 'kept' }])
    expect(await office.at.statuses(run.id)).toBe('waiting pending')
    await office.approve(run)
    expect(await office.at.run(run.id)).toMatchObject({ status: 'succeeded' })
    expect(await office.items()).toEqual([])
  })

  test('is signed once, when the word of it comes twice', async () => {
    await using office = await open()
    const run = await office.begin()
    await office.approve(run)
    await office.signed(SIGNED, { id: 'msg_same' })
    const after = await office.at.run(run.id)
    expect(await office.signed(SIGNED, { id: 'msg_same' })).toEqual({
      status: 200,
      body: { received: true, again: true },
    })
    expect(await office.at.run(run.id)).toEqual(after)
    expect(await office.items()).toEqual([])
  })

  test('is not signed by a word that somebody else signed, of which nothing is kept', async () => {
    await using office = await open()
    const run = await office.begin()
    await office.approve(run)
    const secret = 'whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LWFsdG9nZXRoZXI='
    expect(await office.signed(SIGNED, { secret })).toMatchObject({ status: 401 })
    expect(await office.at.statuses(run.id)).toBe('succeeded waiting')
    expect(await office.items()).toEqual([])
    expect(await office.kinds()).not.toContain('webhook.received')
  })

  test('waits on, and people are told, when the word does not say what it should', async () => {
    await using office = await open()
    const run = await office.begin()
    await office.approve(run)
    expect((await office.signed({ ...SIGNED, signed_on: 'yesterday' })).status).toBe(202)
    expect(await office.at.statuses(run.id)).toBe('succeeded waiting')
    await office.at.clock.advance(60_000)
    expect(await office.alerts()).toMatchObject([{ kind: 'not-usable', source: 'contracts' }])
    await office.signed(SIGNED)
    expect(await office.at.run(run.id)).toMatchObject({ status: 'succeeded' })
  })

  test('is asked about after ten days, fails after thirty, and is then marked done by hand with what was signed', async () => {
    await using office = await open()
    const run = await office.begin()
    await office.approve(run)
    await office.at.clock.leap(10 * DAY)
    await office.at.clock.advance(60_000)
    expect(await office.alerts()).toMatchObject([{ kind: 'not-come' }])
    await office.at.clock.leap(20 * DAY)
    expect(await office.at.statuses(run.id)).toBe('succeeded failed')
    const output = { signedOn: '2026-12-10', link: 'https://files.example/acme.pdf' }
    expect(await office.at.decide(run.id, 'mark-done', 'signed', { output: { signedOn: 'late' } })).not.toMatchObject({
      kind: 'decided',
    })
    await office.at.decide(run.id, 'mark-done', 'signed', { output })
    expect(await office.at.run(run.id)).toMatchObject({ status: 'succeeded' })
    expect(await office.at.step(run.id, 'signed')).toMatchObject({ output })
  })
})
