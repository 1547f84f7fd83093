import { get } from 'node:http'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { watchSockets } from '../support/watch-sockets.ts'
import { openEgress } from './open-egress.ts'
import { WRITES } from './operations.ts'

test('a run of calls opens sockets in the egress and nowhere else', async () => {
  await using at = await openEgress()
  using sockets = watchSockets()
  at.vendor.faults.push({ kind: 'reset' })
  const names = ['Jane Doe', 'John Smith', 'Ann Other']
  const scope = await at.attempt()
  await Promise.all(names.map((name) => at.call(scope, WRITES.U, name)))
  await at.call(scope, WRITES.L)
  await at.call(scope, WRITES.C, 'Somebody Else')
  expect(sockets.own()).toBeGreaterThanOrEqual(1)
  expect(sockets.strays).toEqual([])
})

test('a raw socket, a request of node:http and a fetch beside the egress are caught', async () => {
  await using at = await openEgress()
  using sockets = watchSockets()
  const port = Number(at.vendor.host.split(':')[1])
  const planted = connect(port, '127.0.0.1')
  planted.on('error', () => undefined)
  expect(sockets.strays).toHaveLength(1)
  expect(sockets.strays[0]?.stack).toContain('socket.test.ts')
  planted.destroy()

  await new Promise((resolve) =>
    get(`${at.vendor.url}/things`, { agent: false }, (answer) => answer.resume().on('end', resolve)),
  )
  expect(sockets.strays).toHaveLength(2)
  await fetch(`${at.vendor.url}/things`).then((answer) => answer.text())
  expect(sockets.strays).toHaveLength(3)

  await at.call(await at.attempt(), WRITES.U)
  expect(sockets.strays).toHaveLength(3)
  expect(sockets.own()).toBe(1)
})
