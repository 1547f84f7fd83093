import { describe, expect, it } from 'vitest'
import { lineAt, nodesOf, type Source, sourcesIn } from './read-source.ts'
import { sentencesIn } from './sentences.ts'

/** What is read, not said: the understanding of questions is English grammar. */
const QUESTIONS = 'src/slack/ask/'

/** What is kept as it is, whoever reads it: queries and reasons in the database, the name of a call in the ledger. */
const KEPT = [
  'handlers/ledger/send-packet.ts: packet ',
  'src/slack/bulk/parse-retry-filter.ts: "Jane Doe"',
  'src/slack/paint-card.ts: what it shows was erased',
  'src/slack/paint-card.ts: there is nothing to show',
  'src/slack/slack-fetch.ts: ask for a Socket Mode connection',
  'src/slack/slack-fetch.ts: Bearer ',
  'src/watchdog/look-at-disk.ts: SQLite format 3\0',
  'views/references.ts:  step:',
]

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
    ["throw new UserMistake({ message: 'There is no such thing.' })", 1],
    ["ports.log.warn('a handler failed', { err })", 0],
    ["if (kind === 'succeeded-with-debt') go('hold.resume')", 0],
  ])('finds what is said in %s', (text, count) => {
    expect(sentencesIn({ path: 'views/a.ts', text })).toHaveLength(count)
  })

  it('stand in one place: nothing that people read on Slack or in a mail stands outside views/texts', () => {
    const said = sourcesIn('views', 'handlers', 'src/slack', 'src/watchdog')
      .filter(({ path }) => !path.startsWith('views/texts/') && !path.startsWith(QUESTIONS))
      .flatMap(sentencesIn)
      .filter((found) => !KEPT.includes(found.replace(/:\d+:/, ':')))
    expect(said).toEqual([])
  })

  it('are read when something is said, not when a module is loaded: the language is chosen at the start', () => {
    expect(readAtLoad({ path: 'views/a.ts', text: 'const TITLE = texts.windows.notDone' })).toHaveLength(1)
    expect(readAtLoad({ path: 'views/a.ts', text: 'const title = () => texts.windows.notDone' })).toEqual([])
    expect(sourcesIn('views', 'handlers', 'src').flatMap(readAtLoad)).toEqual([])
  })
})

/** `path:line` of each text that is read outside a function. */
function readAtLoad(source: Source): string[] {
  const nodes = nodesOf(source)
  const later = nodes.filter(({ type }) => /Function/.test(type))
  return nodes
    .filter(({ type, object }) => type === 'MemberExpression' && (object as { name?: unknown }).name === 'texts')
    .filter(({ start, end }) => !later.some((each) => each.start <= start && end <= each.end))
    .map(({ start }) => `${source.path}:${lineAt(source.text, start)}`)
}
