import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import { z } from 'zod'

const EXAMPLE = new URL('../../rules.example.yml', import.meta.url)

/** The example's rules, with delays short enough to watch a failure from its first try to its card. */
export function storyRules(): string {
  const example = z.record(z.string(), z.unknown()).parse(parse(readFileSync(EXAMPLE, 'utf8')))
  // One person decides here; second persons have a story of their own.
  const { second_person: _none, ...rules } = example
  const retry = {
    default: {
      tries: 2,
      within: '3s',
      first_delay: '200ms',
      back_off: ['1s'],
      alert_after: '300ms',
      timeout: '20s',
      at_the_end: 'ask',
    },
  }
  return stringify({ ...rules, retry })
}
