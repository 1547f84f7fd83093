import { expect, test } from 'vitest'
import { OLGA, openHandlers } from './open-handlers.ts'

test('leaves out the looks that found a service well, says so, and shows those that did not', async () => {
  await using at = await openHandlers()
  const { ids, ledger, clock } = at.ports
  const base = { team: OLGA.team, actor: 'purser:probe', subjects: [], service: 'vendor', operation: 'thing.look' }
  const call = (kind: 'call.intended' | 'call.answered', status?: number) => ({
    ...{ ...base, at: clock.now(), id: ids.entry(), call: ids.call(), try: 1, kind },
    ...(status === undefined ? {} : { status }),
  })
  for (let n = 0; n < 20; n++) await ledger.record([call('call.intended'), call('call.answered', 200)])
  await ledger.record([call('call.intended'), call('call.answered', 503)])
  for (const [query, count] of [
    ['service:vendor', 1],
    ['service:vendor status:>=400', 1],
    ['actor:purser:probe', 9],
  ] as const) {
    await at.slash('/audit', query, OLGA)
    expect(at.surface.last().words, query).toContain(count === 1 ? '1 entry, newest first' : `${count} entries`)
    expect(at.surface.last().words.includes('left out'), query).toBe(count === 1)
  }
  await at.slash('/audit', 'kind:decision', OLGA)
  expect(at.surface.last().words).not.toContain('left out')
  await at.slash('/audit', 'since:1h export csv', OLGA)
  const [file] = at.surface.files
  expect(file?.text.match(/thing\.look/g)).toHaveLength(1)
  expect(JSON.stringify(file)).toContain('left out')
})
