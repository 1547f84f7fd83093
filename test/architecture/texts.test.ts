import { describe, expect, it } from 'vitest'
import { sourcesIn } from './read-source.ts'
import { sentencesIn } from './sentences.ts'

/** Whose texts still stand in the views themselves. */
const STILL_TO_MOVE = /^views\/[^/]+$/

describe('texts', () => {
  it.each([
    ["const a = 'Nothing is under way.'", 1],
    ['const a = `' + '$' + '{n} runs match `', 1],
    ["const a = button({ text: 'Show', action })", 1],
    ["const a = [bold(name), ' (run ', id, ')']", 1],
    ["export const a = () => ['Nothing is under way.']", 1],
    ["const a = ['🔴 ', step, ': ']", 0],
    ["const a = bold('/purser debts')", 0],
    ["type A = 'Some Words'", 0],
    ["throw new Error('A word for programmers')", 0],
    ["if (kind === 'succeeded-with-debt') go('hold.resume')", 0],
  ])('finds what is said in %s', (text, count) => {
    expect(sentencesIn({ path: 'views/a.ts', text })).toHaveLength(count)
  })

  it('stand in one place: no view says anything that is not in views/texts', () => {
    const said = sourcesIn('views')
      .filter(({ path }) => !path.startsWith('views/texts/') && !STILL_TO_MOVE.test(path))
      .flatMap(sentencesIn)
    expect(said).toEqual([])
  })
})
