import { expect, test } from 'vitest'
import { SAMPLES } from '../../connectors/samples.ts'
import { doublesWithoutClasses, proveServiceFaults } from './prove-service-faults.ts'

/** Twice is the same as once; they are looked for to know what was there before, and who has taken it away. */
const ONCE_ANYWAY = ['jira user.create', 'github org-invitation.cancel']

/** One in so many is tried here; all of them in the deep suite. */
const STRIDE = 29

test('whatever a service does, nothing is done twice and its wish to be left alone is kept', () =>
  proveServiceFaults((number) => number % STRIDE === 0))

test('each write that needs its class would be done twice, or refused, without it', async () => {
  const doubled = await doublesWithoutClasses()
  const guarded = SAMPLES.map(({ operation }) => operation).filter((each) => each.class === 'C' || each.class === 'L')
  const names = guarded.map(({ service, name }) => `${service} ${name}`).filter((each) => !ONCE_ANYWAY.includes(each))
  expect(names.length).toBeGreaterThan(8)
  expect(names.filter((each) => !doubled.has(each))).toEqual([])
})
