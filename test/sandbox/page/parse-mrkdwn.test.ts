import { describe, expect, it } from 'vitest'
import { type Inline, parseMrkdwn } from '../../../src/sandbox/page/text/parse-mrkdwn.ts'

const inline = (source: string): Inline[] => {
  const [block] = parseMrkdwn(source)
  return block && block.kind !== 'pre' ? block.of : []
}
const text = (words: string): Inline => ({ kind: 'text', text: words })

describe('mrkdwn', () => {
  it('reads bold, italic, strike and code, also one inside the other', () => {
    expect(inline('*bold _both_* ~gone~ `a*b*`')).toEqual([
      { kind: 'bold', of: [text('bold '), { kind: 'italic', of: [text('both')] }] },
      text(' '),
      { kind: 'strike', of: [text('gone')] },
      text(' '),
      { kind: 'code', text: 'a*b*' },
    ])
  })

  it('leaves marks inside words and beside spaces alone', () => {
    for (const words of ['snake_case_name', '2 * 3 * 4', 'a*b*c', '*', '_ open', '~/path']) {
      expect(inline(words)).toEqual([text(words)])
    }
  })

  it('decodes the three entities, once, and nothing else', () => {
    expect(inline('a &lt;b&gt; &amp;lt; &quot;')).toEqual([text('a <b> &lt; &quot;')])
  })

  it('reads links with and without a label', () => {
    expect(inline('<https://acme.example/a?b=1&amp;c=2> <https://acme.example|*the* plan>')).toEqual([
      {
        kind: 'link',
        url: 'https://acme.example/a?b=1&c=2',
        of: [text('https://acme.example/a?b=1&c=2')],
      },
      text(' '),
      { kind: 'link', url: 'https://acme.example', of: [{ kind: 'bold', of: [text('the')] }, text(' plan')] },
    ])
  })

  it('makes no link of an address that a browser would run', () => {
    expect(inline('<javascript:alert(1)|click>')).toEqual([text('<javascript:alert(1)|click>')])
  })

  it('reads mentions of people, channels, groups and everybody', () => {
    expect(inline('<@U1> <#C1|general> <!subteam^S1|@ops> <!here>')).toEqual([
      { kind: 'user', id: 'U1', label: null },
      text(' '),
      { kind: 'channel', id: 'C1', label: 'general' },
      text(' '),
      { kind: 'group', id: 'S1', label: '@ops' },
      text(' '),
      { kind: 'broadcast', range: 'here' },
    ])
  })

  it('reads a date with its format, its link and its fallback', () => {
    expect(inline('<!date^1392734382^{date_short} at {time}^https://acme.example|Feb 18>')).toEqual([
      {
        kind: 'date',
        unix: 1392734382,
        format: '{date_short} at {time}',
        url: 'https://acme.example',
        fallback: 'Feb 18',
      },
    ])
  })

  it('reads emoji, but not the colons of a time', () => {
    expect(inline('at 10:05:30 :white_check_mark: :no_such_thing:')).toEqual([
      text('at 10:05:30 '),
      { kind: 'emoji', name: 'white_check_mark' },
      text(' :no_such_thing:'),
    ])
  })

  it('keeps preformatted text as it is, between paragraphs and quotes', () => {
    expect(parseMrkdwn('before\n```\n*x* &lt;y&gt;\n  z\n```\n> quoted\n&gt;more\nafter')).toEqual([
      { kind: 'paragraph', of: [text('before')] },
      { kind: 'pre', text: '*x* <y>\n  z' },
      { kind: 'quote', of: [text('quoted'), { kind: 'break' }, text('more')] },
      { kind: 'paragraph', of: [text('after')] },
    ])
  })

  it('takes an unclosed fence for ordinary text', () => {
    expect(inline('a ```b')).toEqual([text('a ')])
    expect(parseMrkdwn('a ```b')[1]).toEqual({ kind: 'paragraph', of: [text('```b')] })
  })
})
