import { describe, expect, it } from 'vitest'
import { parseMarkdown } from '../../../src/sandbox/page/text/parse-markdown.ts'

const text = (words: string) => ({ kind: 'text', text: words })

describe('standard markdown', () => {
  it('reads headings, paragraphs, rules and fences', () => {
    expect(parseMarkdown('## Title\nfirst\nsecond\n\n---\n```js\na **b**\n```')).toEqual([
      { kind: 'heading', level: 2, of: [text('Title')] },
      { kind: 'paragraph', of: [text('first'), { kind: 'break' }, text('second')] },
      { kind: 'rule' },
      { kind: 'pre', text: 'a **b**' },
    ])
  })

  it('reads bold, italic, strike, code and links within a line', () => {
    expect(parseMarkdown('**b** *i* ~~s~~ `c` [l](https://acme.example) snake_case_name')).toEqual([
      {
        kind: 'paragraph',
        of: [
          { kind: 'bold', of: [text('b')] },
          text(' '),
          { kind: 'italic', of: [text('i')] },
          text(' '),
          { kind: 'strike', of: [text('s')] },
          text(' '),
          { kind: 'code', text: 'c' },
          text(' '),
          { kind: 'link', url: 'https://acme.example', of: [text('l')] },
          text(' snake_case_name'),
        ],
      },
    ])
  })

  it('reads lists of both kinds and keeps them apart', () => {
    expect(parseMarkdown('- a\n- b\n1. c')).toEqual([
      { kind: 'list', ordered: false, items: [[text('a')], [text('b')]] },
      { kind: 'list', ordered: true, items: [[text('c')]] },
    ])
  })

  it('reads a table', () => {
    expect(parseMarkdown('| a | b |\n|---|:-:|\n| 1 | 2 |')).toEqual([
      { kind: 'table', head: [[text('a')], [text('b')]], rows: [[[text('1')], [text('2')]]] },
    ])
  })

  it('ends with any text, in time that grows with its length', () => {
    const awkward = `${'*_~`['.repeat(2000)}\n${'|-'.repeat(500)}`
    expect(parseMarkdown(awkward).length).toBeGreaterThan(0)
  })
})
