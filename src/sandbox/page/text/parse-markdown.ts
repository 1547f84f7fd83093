import type { Inline } from './parse-mrkdwn.ts'

export type MarkdownBlock =
  | { kind: 'heading'; level: number; of: Inline[] }
  | { kind: 'paragraph' | 'quote'; of: Inline[] }
  | { kind: 'pre'; text: string }
  | { kind: 'rule' }
  | { kind: 'list'; ordered: boolean; items: Inline[][] }
  | { kind: 'table'; head: Inline[][]; rows: Inline[][][] }

/** Parses the standard markdown of a `markdown` block: the parts that Slack documents for it. */
export function parseMarkdown(source: string): MarkdownBlock[] {
  const lines = source.split('\n')
  const blocks: MarkdownBlock[] = []
  let at = 0
  while (at < lines.length) {
    const read = readFence(lines, at) ?? readTable(lines, at) ?? readList(lines, at) ?? readSingle(lines, at)
    if (read.block) blocks.push(read.block)
    at = read.next
  }
  return blocks
}

type Read = { block: MarkdownBlock | null; next: number }

function readFence(lines: string[], at: number): Read | null {
  if (!lines[at]?.startsWith('```')) return null
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'))
  const stop = end === -1 ? lines.length : end
  return { block: { kind: 'pre', text: lines.slice(at + 1, stop).join('\n') }, next: stop + 1 }
}

function readTable(lines: string[], at: number): Read | null {
  const rule = lines[at + 1]
  if (!lines[at]?.includes('|') || rule === undefined || !/^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$/.test(rule))
    return null
  let next = at + 2
  const rows: Inline[][][] = []
  for (let line = lines[next]; line?.includes('|'); line = lines[next]) {
    rows.push(cells(line))
    next += 1
  }
  return { block: { kind: 'table', head: cells(lines[at] ?? ''), rows }, next }
}

function cells(line: string): Inline[][] {
  const inner = line.trim().replace(/^\||\|$/g, '')
  return inner.split('|').map((cell) => parseSpan(cell.trim()))
}

const bullet = /^\s*[-*+]\s+/
const number = /^\s*\d+[.)]\s+/

function readList(lines: string[], at: number): Read | null {
  const first = lines[at] ?? ''
  const marker = number.test(first) ? number : bullet
  if (!marker.test(first)) return null
  const items: Inline[][] = []
  let next = at
  for (let line = lines[next]; line !== undefined && marker.test(line); line = lines[next]) {
    items.push(parseSpan(line.replace(marker, '')))
    next += 1
  }
  return { block: { kind: 'list', ordered: marker === number, items }, next }
}

function readSingle(lines: string[], at: number): Read {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { block: null, next: at + 1 }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return { block: { kind: 'rule' }, next: at + 1 }
  const heading = /^(#{1,6})\s+(.*)$/.exec(line)
  if (heading) {
    const level = heading[1]?.length ?? 1
    return { block: { kind: 'heading', level, of: parseSpan(heading[2] ?? '') }, next: at + 1 }
  }
  return readParagraph(lines, at)
}

function readParagraph(lines: string[], at: number): Read {
  const quoted = /^>\s?/
  const kind = quoted.test(lines[at] ?? '') ? 'quote' : 'paragraph'
  const of: Inline[] = []
  let next = at
  for (let line = lines[next]; line !== undefined && belongs(line, kind, next === at); line = lines[next]) {
    if (of.length > 0) of.push({ kind: 'break' })
    of.push(...parseSpan(kind === 'quote' ? line.replace(quoted, '') : line))
    next += 1
  }
  return { block: { kind, of }, next }
}

function belongs(line: string, kind: 'quote' | 'paragraph', first: boolean): boolean {
  if (kind === 'quote') return line.startsWith('>')
  return first || (line.trim() !== '' && !/^(#{1,6}\s|>|```)/.test(line) && !bullet.test(line) && !number.test(line))
}

const patterns: [RegExp, (match: RegExpExecArray) => Inline][] = [
  [/^`([^`]+)`/, (m) => ({ kind: 'code', text: m[1] ?? '' })],
  [/^\*\*(\S(?:.*?\S)?)\*\*/, (m) => ({ kind: 'bold', of: parseSpan(m[1] ?? '') })],
  [/^__(\S(?:.*?\S)?)__/, (m) => ({ kind: 'bold', of: parseSpan(m[1] ?? '') })],
  [/^~~(\S(?:.*?\S)?)~~/, (m) => ({ kind: 'strike', of: parseSpan(m[1] ?? '') })],
  [/^\*(\S(?:[^*]*?\S)?)\*/, (m) => ({ kind: 'italic', of: parseSpan(m[1] ?? '') })],
  [/^_(\S(?:[^_]*?\S)?)_(?![\p{L}\p{N}])/u, (m) => ({ kind: 'italic', of: parseSpan(m[1] ?? '') })],
  [
    /^!?\[([^\]]+)\]\(((?:https?:|mailto:)[^)\s]+)\)/,
    (m) => ({ kind: 'link', url: m[2] ?? '', of: parseSpan(m[1] ?? '') }),
  ],
  [
    /^<((?:https?:|mailto:)[^>\s]+)>/,
    (m) => ({ kind: 'link', url: m[1] ?? '', of: [{ kind: 'text', text: m[1] ?? '' }] }),
  ],
  [/^\\([\\`*_~[\]#>|-])/, (m) => ({ kind: 'text', text: m[1] ?? '' })],
]

function parseSpan(text: string): Inline[] {
  const out: Inline[] = []
  let rest = text
  while (rest !== '') {
    const found = match(rest)
    if (found) {
      out.push(found.node)
      rest = rest.slice(found.length)
      continue
    }
    // Ordinary characters up to the next one that may begin something; a word's own underscores stay in it.
    const plain = /^(?:[\p{L}\p{N}]+_*|.)[^`*_~![<:\\\p{L}\p{N}]*/u.exec(rest)?.[0] ?? rest.slice(0, 1)
    const last = out.at(-1)
    if (last?.kind === 'text') last.text += plain
    else out.push({ kind: 'text', text: plain })
    rest = rest.slice(plain.length)
  }
  return out
}

function match(rest: string): { node: Inline; length: number } | null {
  for (const [pattern, make] of patterns) {
    const found = pattern.exec(rest)
    if (found) return { node: make(found), length: found[0].length }
  }
  return null
}
