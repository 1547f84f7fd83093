import { createSecretKey } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { ledgerPacket } from '../../src/cli/ledger-packet.ts'
import { leaveReading, takeInReadings } from '../../src/ledger/readings.ts'
import { createSubjectKeys } from '../../src/secrets/create-subject-keys.ts'
import { JANE, START, TEAM } from './sample-drafts.ts'
import { openSealed } from './seal/open-sealed.ts'

const READING = { team: TEAM, at: START, by: 'Olga Ops', subjects: [JANE], period: null, entries: 8, runs: 1 }

test('what was read at the terminal is entered by the process that may write, once, whatever a crash leaves', async () => {
  await using at = await openSealed()
  const folder = join(at.folder, 'readings')
  leaveReading(at.folder, READING)
  const [name = ''] = readdirSync(folder)
  await takeInReadings(at, at.folder)
  expect(readdirSync(folder)).toEqual([])
  // It died between the entry and the taking away.
  writeFileSync(join(folder, name), JSON.stringify(READING))
  await takeInReadings(at, at.folder)
  const entries = await at.store.entries({ team: TEAM, kinds: ['ledger.read'] }, null, 9)
  expect(entries.map(({ core }) => core)).toMatchObject([
    { actor: 'purser:operator', subjects: [JANE], facts: { packet: true, entries: 8, runs: 1, readAt: START } },
  ])
  const [entry] = entries
  expect(entry && at.ledger.open(entry)).toMatchObject({ body: { by: 'Olga Ops' } })
})

afterEach(() => void vi.unstubAllEnvs())

test('a packet that is made at the terminal leaves word of it before it is there', async () => {
  await using at = await openSealed()
  const masterKey = Buffer.alloc(32, 7)
  const keys = createSubjectKeys({
    path: join(at.folder, 'keys.db'),
    masterKey: createSecretKey(masterKey),
    clock: at.clock,
  })
  keys.close()
  vi.stubEnv('PURSER_MASTER_KEY', masterKey.toString('base64'))
  const out = join(at.folder, 'q3.zip')
  await at.write(1)
  await at.seal()
  await ledgerPacket(['2020Q3', '--team', TEAM, '--by', 'Olga Ops', '--data', at.folder, '--out', out])
  await takeInReadings(at, at.folder)
  const [entry] = await at.store.entries({ team: TEAM, kinds: ['ledger.read'] }, null, 9)
  expect(entry && at.ledger.open(entry)).toMatchObject({ body: { by: 'Olga Ops', query: 'packet quarter 3 of 2020' } })
})

test('word that cannot be read holds up no other, and is told of', async () => {
  await using at = await openSealed()
  mkdirSync(join(at.folder, 'readings'))
  writeFileSync(join(at.folder, 'readings', 'a.json'), '{"torn')
  leaveReading(at.folder, { ...READING, subjects: [], period: 'quarter 3 of 2026' })
  await expect(takeInReadings(at, at.folder)).rejects.toThrow()
  expect(await at.store.entries({ team: TEAM, kinds: ['ledger.read'] }, null, 9)).toHaveLength(1)
  expect(readdirSync(join(at.folder, 'readings'))).toEqual(['a.json'])
})
