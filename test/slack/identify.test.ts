import { expect, test } from 'vitest'
import { RetryLater } from '../../src/domain/errors.ts'
import type { Egress } from '../../src/egress/scope.ts'
import { identify, UNKNOWN_TEAM } from '../../src/slack/identify.ts'
import { createFakeClock } from '../support/fake-clock.ts'
import { sampleChanges } from '../support/sample-changes.ts'
import { TEAM, testIds } from '../support/test-ids.ts'
import { testKeys } from '../support/test-keys.ts'
import { memoryStore } from '../support/test-store.ts'

test('while Slack is down, Purser goes on for the workspace whose runs it has; a new one waits for Slack', async () => {
  const clock = createFakeClock()
  await using opened = memoryStore()
  const { keys } = await testKeys(clock, [TEAM])
  const sample = sampleChanges(clock, testIds(clock))
  const warned: string[] = []
  let isDown = true
  const egress = {
    async call() {
      if (isDown) throw new RetryLater({ code: 'http-503', message: 'Slack answered 503.', hint: 'Wait.' })
      return { team: TEAM, user: 'purser', bot: null }
    },
  } as unknown as Egress
  const log = { warn: (text: string) => void warned.push(text) } as unknown as Parameters<typeof identify>[0]['log']
  const ask = () => identify({ store: opened.store, egress, keys, log })
  expect(await ask()).toBe(UNKNOWN_TEAM)
  await opened.store.commit(sample.start(sample.run()))
  // A run that began while nobody knew yet.
  await opened.store.commit(sample.start(sample.run({ team: UNKNOWN_TEAM })))
  expect(await ask()).toBe(TEAM)
  expect(warned.at(-1)).toContain(`goes on for ${TEAM}`)
  isDown = false
  expect(await ask()).toBe(TEAM)
  expect(warned).toHaveLength(3)
})
