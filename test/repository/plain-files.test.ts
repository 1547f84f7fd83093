import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { repository, trackedFiles } from './tracked-files.ts'

const files = trackedFiles().filter(({ path }) => path !== 'test/repository/plain-files.test.ts')

/** Where one of these patterns stands, as `path:line`. */
const places = (...patterns: readonly RegExp[]): string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (patterns.some((each) => each.test(line)) ? [`${path}:${index + 1}`] : [])),
  )

describe('the repository', () => {
  it('names no folder of the machine that it was written on', () => {
    expect(files.length).toBeGreaterThan(400)
    expect(places(/(?<![\w.~-])\/(?:root|work|Users|home\/\w+)\//, /(?<![\w.])\/tmp\/\w/)).toEqual([])
  })

  it('names no package registry', () => {
    expect(places(/registry\.(?:npmjs|yarnpkg)|\bnpm\.pkg\.github\b|\bartifactory\b|\bverdaccio\b/i)).toEqual([])
    expect(readFileSync(repository('package-lock.json'), 'utf8')).not.toMatch(
      /"resolved": "(?!https:\/\/registry\.npmjs\.org\/)/,
    )
  })

  it('says what it does, not who or what wrote it', () => {
    const tools = /\b(?:claude|anthropic|chatgpt|openai|copilot|language model|ai[- ](?:generated|written))\b/i
    expect(places(tools, /\bsub-?agents?\b/i, /\bas an ai\b/i)).toEqual([])
  })

  it('leaves nothing for later', () => {
    expect(places(/\b(?:TODO|FIXME|XXX|HACK)\b/)).toEqual([])
  })

  it('uses invented people and companies alone: addresses end in .example', () => {
    const address = /[\w.+-]+@(?!\[)([\w-]+\.)+[a-z]{2,}\b/gi
    const real = files.flatMap(({ path, text }) =>
      [...text.matchAll(address)]
        .map(([found]) => found)
        .filter((found) => !INVENTED.test(found))
        .map((found) => `${path}: ${found}`),
    )
    expect(real).toEqual([])
  })
})

/** Reserved names, and people as the examples of the design have them. */
const INVENTED = /@(?:[\w-]+\.)*(?:example|invalid|test|localhost|example\.(?:com|org|net)|acme\.com)$/i
