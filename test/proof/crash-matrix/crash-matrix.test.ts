import { expect, test } from 'vitest'
import { inOneLine, runMatrix } from './run-matrix.ts'
import { scenarios } from './scenarios.ts'

/** One crash in so many is tried here; all of them in the deep suite. */
const STRIDE = 127

test('a crash at any boundary loses nothing and does nothing twice', async () => {
  const report = await runMatrix(scenarios(), { first: (number) => number % STRIDE === 0, again: (n) => n % 4 === 0 })
  console.info(inOneLine(report))
  expect(report.violations).toEqual([])
  expect(report.crashes).toBeGreaterThan(15)
  expect(report.again).toBeGreaterThan(2)
  expect(report.troubles).toBeGreaterThan(20)
})

test('the same crashes show every service doubling, or refusing, when operations have no classes', async () => {
  const calm = scenarios().filter(
    ({ name, scenario }) => !scenario.trouble && !name.startsWith('sample') && !name.endsWith('called off'),
  )
  const unprotected = calm.map(({ name, scenario }) => ({ name, scenario: { ...scenario, unprotected: true } }))
  const report = await runMatrix(unprotected, { place: (place) => place === 'after-effect' })
  console.info(`without classes, ${inOneLine(report)}`)
  const caught = (what: string): boolean => report.violations.some((each) => each.includes(what))
  expect(
    [
      'made twice: gusto employee.created',
      'made twice: github invitation.created',
      'message twice: run/',
      'message twice: ask/',
      'message twice: note/',
      'message twice: welcome/',
      // These two refuse the second one: without the look behind it nobody knows whose the first is.
      'google-account failed',
      'slack-channel failed',
    ].filter((what) => !caught(what)),
  ).toEqual([])
})
