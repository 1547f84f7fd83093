import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../src/domain/operation.ts'
import { SAMPLES, type Sample } from '../connectors/samples.ts'
import { readSpec, type SpecChecker, specsAreThere } from './hold-against-spec.ts'

const SPECS: Readonly<Record<string, string>> = {
  slack: 'slack.json',
  google: 'google-admin-directory.json',
  jira: 'jira.json',
  github: 'github.json',
  salesforce: 'salesforce.json',
  gusto: 'gusto.json',
}

/** Calls that no specification has: credentials, and addresses that are handed out. */
const UNSPECIFIED = new Set(['token.fetch', 'token.refresh', 'files.upload', 'response-url'])

/** The specification of Salesforce has no users; every object is upserted alike. */
const STAND_INS: readonly [RegExp, string][] = [[/\/sobjects\/User\//, '/sobjects/Contact/']]

/** Gusto pages all of its lists alike; its package, from which the specification was made, leaves these two out here. */
const LEFT_OUT = new Set(['query page is not in the specification', 'query per is not in the specification'])

const checkers = new Map<string, SpecChecker>()

function checkerOf(service: string): SpecChecker {
  const known = checkers.get(service) ?? readSpec(SPECS[service] ?? '', '')
  checkers.set(service, known)
  return known
}

function targetOf({ path, params = {}, query = {} }: HttpRequest): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  const target = given.length === 0 ? filled : `${filled}?${search}`
  return STAND_INS.reduce((at, [from, to]) => at.replace(from, to), target)
}

function problemsOf(sample: Sample): string[] {
  const { method, body, ...rest } = sample.request()
  const request = { method, path: targetOf({ method, ...rest }), ...(body === undefined ? {} : { body }) }
  return checkerOf(sample.operation.service).request(request)
}

describe.skipIf(!specsAreThere)('what we send', () => {
  const specified = SAMPLES.filter(({ operation }) => !UNSPECIFIED.has(operation.name))

  it.each(specified.map((sample) => ({ name: `${sample.operation.service} ${sample.operation.name}`, sample })))(
    'is what the vendor takes: $name',
    ({ sample }) => {
      const left = sample.operation.service === 'gusto' ? LEFT_OUT : new Set<string>()
      expect(problemsOf(sample).filter((problem) => !left.has(problem))).toEqual([])
    },
  )

  it('is noticed when it is not', () => {
    const post = SAMPLES.find(({ operation }) => operation.name === 'chat.postMessage')
    const wrong = { method: 'POST', path: '/chat.postMessage', body: { ...Object(post?.request().body), channel: 7 } }
    expect(checkerOf('slack').request(wrong)).not.toEqual([])
    expect(
      checkerOf('gusto').request({ method: 'POST', path: '/v1/companies/acme/employees', body: { ssn: 1 } }),
    ).not.toEqual([])
  })
})
