import { describe, expect, it } from 'vitest'
import { nearest } from '../../src/domain/nearest.ts'
import { cpuMs } from '../support/cpu-time.ts'

describe('nearest', () => {
  it.each([
    ['servce', 'service'],
    ['SERVICE', 'service'],
    ['sevrice', 'service'],
    ['mark_done', 'mark-done'],
    ['trys', 'tries'],
    ['stpe', 'step'],
  ])('finds what was meant by %s', (typed, meant) => {
    expect(nearest(typed, ['status', 'service', 'mark-done', 'tries', 'step'])).toBe(meant)
  })

  it('prefers the closer of two candidates', () => {
    expect(nearest('managr', ['manages', 'manager'])).toBe('manager')
  })

  it('suggests nothing when nothing is close', () => {
    expect(nearest('colour', ['status', 'service', 'step'])).toBeNull()
    expect(nearest('', ['status'])).toBeNull()
    expect(nearest('status', [])).toBeNull()
  })

  it('takes a hostile word in its stride', async () => {
    const hostile = (): void => expect(nearest('x'.repeat(1_000_000), Array(1000).fill('status'))).toBeNull()
    expect(await cpuMs(hostile)).toBeLessThan(10_000)
  })
})
