import { expect, it } from 'vitest'
import type { EntryKind } from '../../src/domain/entry.ts'
import { SubjectId } from '../../src/domain/ids.ts'
import { TEAM } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { testLedger } from '../support/test-ledger.ts'
import { openErasing } from './open-erasing.ts'

it('what people typed that names somebody is erased with them, and nobody else’s', async () => {
  using at = openErasing()
  const { store, sample, clock } = at
  const subject = (): SubjectId => SubjectId.parse(sample.ids.subject())
  const [zoe, hers, asked, his] = [subject(), subject(), subject(), subject()]
  using held = await testKeys(clock, [TEAM, zoe, hers, asked, his])
  const ledger = testLedger({ store, keys: held.keys, clock })
  await store.commit(sample.write({ subject: { id: zoe, team: TEAM, key: 'zoe.doe@acme.example', label: 'Zoë Doe' } }))
  const type = async (kind: EntryKind, text: string, owners: SubjectId[]) => {
    const id = sample.ids.entry()
    const common = { id, at: clock.now(), team: TEAM, actor: 'slack:T0ACME/U0OLGA' }
    await ledger.record([{ ...common, kind, subjects: owners, body: { command: '/process', text } }])
    return id
  }
  const typed = [
    await type('command.received', 'Zoe Doe', [hers]),
    await type('event.received', 'How is ZOE.DOE@acme.example doing?', [asked]),
    await type('command.received', 'Joe Doe', [his]),
    await type('command.received', 'zoe.doe@acme.example', []),
  ]
  await store.close()

  expect(await at.erase(held.keys, [zoe])).toBe(1)
  const again = at.openStore()
  const left = await Promise.all(
    typed.map(async (id) => {
      const entry = await again.entry(TEAM, id)
      return entry && ledger.open(entry).kind
    }),
  )
  expect(left).toEqual(['erased', 'erased', 'open', 'open'])
  await again.close()
})
