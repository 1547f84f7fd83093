import { describe, expect, it } from 'vitest'
import { createFaults } from '../../../src/sandbox/faults.ts'
import type { FaultOrder } from '../../../src/sandbox/state.ts'

function faultsAt(start = 1_000) {
  const time = { now: start }
  return { time, faults: createFaults(() => time.now) }
}

describe('faults', () => {
  it('strikes as often as ordered and then ends', () => {
    const { faults } = faultsAt()
    faults.order({ service: 'github', kind: '503', times: 2 })
    expect(faults.strike('github', 'GET /a')).toMatchObject({ kind: '503', fired: 1 })
    expect(faults.strike('github', 'GET /a')).toMatchObject({ fired: 2 })
    expect(faults.strike('github', 'GET /a')).toBeNull()
    expect(faults.list()).toEqual([])
  })

  it('ends after its seconds', () => {
    const { faults, time } = faultsAt()
    faults.order({ service: 'github', kind: 'slow', seconds: 30 })
    time.now += 29_999
    expect(faults.strike('github', 'GET /a')).not.toBeNull()
    time.now += 1
    expect(faults.strike('github', 'GET /a')).toBeNull()
  })

  it('ends at whichever comes first when both are given', () => {
    const { faults, time } = faultsAt()
    faults.order({ service: 'jira', kind: '429', times: 5, seconds: 1 })
    faults.strike('jira', 'GET /a')
    time.now += 1_000
    expect(faults.list('jira')).toEqual([])
  })

  it('stays until it is cleared when neither is given', () => {
    const { faults, time } = faultsAt()
    faults.order({ service: 'jira', kind: 'reset' })
    faults.order({ service: 'gusto', kind: 'reset' })
    time.now += 365 * 86_400_000
    for (let i = 0; i < 100; i++) expect(faults.strike('jira', 'GET /a')).not.toBeNull()
    faults.clear('jira')
    expect(faults.list().map((each) => each.service)).toEqual(['gusto'])
    faults.clear()
    expect(faults.list()).toEqual([])
  })

  it('hits only the service and the requests it names', () => {
    const { faults } = faultsAt()
    faults.order({ service: 'github', kind: '503', match: 'POST /orgs' })
    expect(faults.strike('jira', 'POST /orgs/acme/invitations')).toBeNull()
    expect(faults.strike('github', 'GET /orgs/acme/invitations')).toBeNull()
    expect(faults.strike('github', 'POST /orgs/acme/invitations')).not.toBeNull()
  })

  it('lets the fault ordered first strike first', () => {
    const { faults } = faultsAt()
    faults.order({ service: 'github', kind: '503', times: 1 })
    faults.order({ service: 'github', kind: '429', times: 1 })
    expect(faults.strike('github', 'GET /a')?.kind).toBe('503')
    expect(faults.strike('github', 'GET /a')?.kind).toBe('429')
  })

  it.each([
    [{ service: 'github', kind: 'explode' }, /kind/],
    [{ service: '', kind: '503' }, /service/],
    [{ service: 'github', kind: '503', times: 0 }, /times/],
    [{ service: 'github', kind: '503', seconds: -1 }, /seconds/],
    [{ service: 'github', kind: '429', retry_after: 'soon' }, /retry_after/],
    [{ service: 'github', kind: '503', mach: 'GET' }, /mach/],
    [null, /Not a fault order/],
  ])('refuses the order %j and says what is wrong', (order, message) => {
    const { faults } = faultsAt()
    expect(() => faults.order(order as FaultOrder)).toThrow(message)
    expect(faults.list()).toEqual([])
  })

  it('hands out copies, so that nobody changes a fault from outside', () => {
    const { faults } = faultsAt()
    faults.order({ service: 'github', kind: '503', times: 1 }).fired = 9
    expect(faults.strike('github', 'GET /a')).not.toBeNull()
  })
})
