import { expect, it } from 'vitest'
import type { HttpResponse } from '../../src/domain/operation.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import type { Sample } from './samples.ts'

const PLACEHOLDER = /\{(\w+)\}/g
/** Plain words; what is spelled like this appears on cards. */
const NAME = /^[a-z][A-Za-z]*([.-][a-z][A-Za-z]*)*$/

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers,
  body,
})

/** What every operation keeps to, whatever its service. */
export function holdsTheContract(samples: readonly Sample[]): void {
  it('has names of its own within the service', () => {
    const names = samples.map(({ operation }) => operation.name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(NAME)
  })

  it.each(named(samples))('says in words what $name does', ({ sample }) => {
    expect(sample.operation.title).toMatch(/^[a-z].{7,60}[^.]$/)
  })

  it.each(named(samples))('fills every placeholder of $name and puts nobody into its path', ({ sample }) => {
    const { path, params = {} } = sample.request()
    const wanted = [...path.matchAll(PLACEHOLDER)].map(([, name = '']) => name)
    expect(new Set(Object.keys(params))).toEqual(new Set(wanted))
    for (const value of Object.values(params)) {
      expect(value).not.toBe('')
      expect(path).not.toContain(value)
    }
    expect(path).toMatch(/^\/[\w./{}-]+$/)
    if (ASKS_BY_ADDRESS.has(sample.operation.name)) return
    expect(JSON.stringify(sample.request().query ?? {})).not.toContain('@')
  })

  it.each(named(samples))('protects $name by the rules of its class', ({ sample }) => {
    const { operation } = sample
    if (operation.class === 'C') expect(operation).toHaveProperty('readBack')
    if (operation.class === 'L') {
      expect(operation).toHaveProperty('find')
      expect(operation.naturalKey(sample.input as never)).not.toBe('')
    }
    if (operation.class === 'R') expect(['GET', 'POST']).toContain(sample.request().method)
    else expect(sample.request().method).not.toBe('GET')
  })

  it.each(named(samples))('keeps secrets of $name out of the record', ({ sample }) => {
    const redactor = createRedactor({ secrets: () => [] })
    const { body } = sample.request()
    const { secretFields = [], dropBodies = false } = sample.operation
    const kept = dropBodies ? null : redactor.redactCall({ headers: {}, body, secretFields }).body
    expect(JSON.stringify({ kept, url: sample.request().path })).not.toContain('not-a-real-one')
    expect(sample.operation.anonymous ?? false).toBe(dropBodies || sample.request().url !== undefined)
  })

  it.each(named(samples))('reads what the statuses mean for $name', ({ sample }) => {
    for (const status of [429, 500, 502, 503]) {
      expect({ status, kind: sample.judge(answer(status))?.kind }).toEqual({ status, kind: 'retry' })
    }
    for (const status of [400, 403, 422]) {
      expect({ status, kind: sample.judge(answer(status))?.kind }).toEqual({ status, kind: 'permanent' })
    }
    expect(['retry', 'permanent']).toContain(sample.judge(answer(401))?.kind)
    expect(['permanent', 'retry']).toContain(sample.judge(answer(409))?.kind)
    expect(['permanent', 'done']).toContain(sample.judge(answer(404))?.kind)
    expect(sample.judge(answer(200, { ok: true }))).toBeNull()
  })

  it.each(named(samples))('tells the way out when $name is refused', ({ sample }) => {
    for (const status of [400, 401, 403, 422]) {
      const verdict = sample.judge(answer(status))
      if (verdict?.kind !== 'permanent' && verdict?.kind !== 'retry') throw new Error(`${status} is a ${verdict?.kind}`)
      expect(verdict.code).toMatch(/^[a-z0-9-]+$/)
      expect(verdict.message).not.toMatch(/[{}]|undefined|null|\.$/)
      expect(verdict.hint).toMatch(/^\S.{20,}$/)
    }
  })

  it.each(named(samples.filter(isStrict)))('does not take nonsense for an answer to $name', ({ sample }) => {
    for (const body of ['', '<html>', null, {}, [null], { ok: false, error: 'nonsense', message: 1 }, 7]) {
      expect({ body, taken: sample.operation.answer.safeParse(body).success }).toEqual({ body, taken: false })
    }
  })
}

/** Its vendor takes an address in the query alone; the ledger keeps queries in its sealed part. */
const ASKS_BY_ADDRESS = new Set(['user.search'])

/** Some answers are plain text or nothing, so that their status says all. */
const SAID_BY_STATUS = new Set([
  'files.upload',
  'response-url',
  'org-invitation.cancel',
  'group-member.delete',
  'user.remove',
  'employee.delete',
])
const isStrict = ({ operation }: Sample): boolean => !SAID_BY_STATUS.has(operation.name)

function named(samples: readonly Sample[]) {
  return samples.map((sample) => ({ name: sample.operation.name, sample }))
}
