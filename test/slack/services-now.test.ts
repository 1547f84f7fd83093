import { expect, test } from 'vitest'
import { servicesNow } from '../../src/slack/services-now.ts'
import { healthWords } from '../../views/answers/services-answer.ts'
import { wordsAsText } from '../../views/rich-text.ts'
import type { openHandlers } from '../handlers/open-handlers.ts'
import { TEAM } from '../support/test-ids.ts'

const words = (ports: Parameters<typeof servicesNow>[0]): string[] =>
  servicesNow(ports, { team: TEAM, runs: [] }).map((service) => wordsAsText(healthWords(service)))

test('a service over which an incident stands is called as its card calls it, and again by its state when it is over', () => {
  const health = [{ service: 'github', title: 'GitHub', state: 'troubled', detail: 'It answers 503', at: 5 }]
  const holds = (status: string) => [
    { kind: 'incident', status, scope: { of: 'service', service: 'github' }, since: 9 },
  ]
  const engine = (standing: readonly object[]) =>
    ({ holds: { health: () => health, standing: () => standing } }) as unknown as Awaited<
      ReturnType<typeof openHandlers>
    >['ports']['engine']
  expect(words({ engine: engine(holds('open')) }).join()).toMatch(/^GitHub · 🔴 incident since .*: It answers 503$/)
  expect(words({ engine: engine([]) })).toEqual(['GitHub · 🟡 in trouble: It answers 503'])
  expect(words({ engine: engine(holds('releasing')) })).toEqual(['GitHub · 🟡 in trouble: It answers 503'])
})
