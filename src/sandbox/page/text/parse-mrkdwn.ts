import { emojiOf } from './emoji.ts'

/** A piece of text with its meaning; what mrkdwn, standard markdown and rich text are all turned into. */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'break' }
  | { kind: 'emoji'; name: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; of: Inline[] }
  | { kind: 'link'; url: string; of: Inline[] }
  | { kind: 'user' | 'channel' | 'group'; id: string; label: string | null }
  | { kind: 'broadcast'; range: string }
  | { kind: 'date'; unix: number; format: string; url: string | null; fallback: string }

export type MrkdwnBlock =
  | { kind: 'paragraph'; of: Inline[] }
  | { kind: 'quote'; of: Inline[] }
  | { kind: 'pre'; text: string }

const styles = { '*': 'bold', _: 'italic', '~': 'strike' } as const

/** Parses Slack's mrkdwn into paragraphs, quotes and preformatted pieces. */
export function parseMrkdwn(source: string): MrkdwnBlock[] {
  return source.split(/```/).flatMap((piece, index, all): MrkdwnBlock[] => {
    // Every second piece stands between fences; an unclosed fence is ordinary text.
    const fenced = index % 2 === 1 && index < all.length - 1
    if (fenced) return [{ kind: 'pre', text: decode(piece.replace(/^\n|\n$/g, '')) }]
    const text = index % 2 === 1 ? `\`\`\`${piece}` : trimAtFences(piece, index, all.length)
    return text === '' ? [] : parseLines(text)
  })
}

function trimAtFences(piece: string, index: number, count: number): string {
  const start = index > 0 ? piece.replace(/^\n/, '') : piece
  return index < count - 1 ? start.replace(/\n$/, '') : start
}

function parseLines(text: string): MrkdwnBlock[] {
  const blocks: { kind: 'paragraph' | 'quote'; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const quoted = /^(?:&gt;|>) ?/.exec(line)
    const kind = quoted ? 'quote' : 'paragraph'
    const content = quoted ? line.slice(quoted[0].length) : line
    const last = blocks.at(-1)
    if (last?.kind === kind) last.lines.push(content)
    else blocks.push({ kind, lines: [content] })
  }
  return blocks.map(({ kind, lines }) => ({
    kind,
    of: lines.flatMap((line, index) => [...(index > 0 ? [{ kind: 'break' } as const] : []), ...parseInline(line)]),
  }))
}

/** Parses one line of mrkdwn. */
function parseInline(line: string): Inline[] {
  const out: Inline[] = []
  let plain = ''
  let at = 0
  const flush = () => {
    if (plain !== '') out.push({ kind: 'text', text: decode(plain) })
    plain = ''
  }
  while (at < line.length) {
    const found = codeAt(line, at) ?? angleAt(line, at) ?? styleAt(line, at) ?? emojiAt(line, at)
    if (found) {
      flush()
      out.push(found.node)
      at = found.end
    } else {
      plain += line[at]
      at += 1
    }
  }
  flush()
  return out
}

type Found = { node: Inline; end: number } | null

function codeAt(line: string, at: number): Found {
  if (line[at] !== '`') return null
  const end = line.indexOf('`', at + 1)
  return end > at + 1 ? { node: { kind: 'code', text: decode(line.slice(at + 1, end)) }, end: end + 1 } : null
}

function styleAt(line: string, at: number): Found {
  const mark = line[at]
  if (mark !== '*' && mark !== '_' && mark !== '~') return null
  if (isWordCharacter(line[at - 1]) || isSpace(line[at + 1])) return null
  for (let end = line.indexOf(mark, at + 2); end !== -1; end = line.indexOf(mark, end + 1)) {
    if (isSpace(line[end - 1]) || isWordCharacter(line[end + 1])) continue
    return { node: { kind: styles[mark], of: parseInline(line.slice(at + 1, end)) }, end: end + 1 }
  }
  return null
}

function emojiAt(line: string, at: number): Found {
  const name = line[at] === ':' ? /^:([a-z0-9_+-]+):/.exec(line.slice(at, at + 80))?.[1] : undefined
  return name === undefined || emojiOf(name) === undefined
    ? null
    : { node: { kind: 'emoji', name }, end: at + name.length + 2 }
}

function angleAt(line: string, at: number): Found {
  if (line[at] !== '<') return null
  const end = line.indexOf('>', at)
  const inside = end === -1 ? '' : line.slice(at + 1, end)
  if (inside === '') return null
  const bar = inside.indexOf('|')
  const target = bar === -1 ? inside : inside.slice(0, bar)
  const label = bar === -1 ? null : decode(inside.slice(bar + 1))
  const node = reference(target, label)
  return node && { node, end: end + 1 }
}

function reference(target: string, label: string | null): Inline | null {
  const sign = target[0]
  if (sign === '@') return { kind: 'user', id: target.slice(1), label }
  if (sign === '#') return { kind: 'channel', id: target.slice(1), label }
  if (sign === '!') return special(target.slice(1), label)
  const url = decode(target)
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return null
  const shown = label ?? url.replace(/^(mailto|tel):/i, '')
  return { kind: 'link', url, of: label === null ? [{ kind: 'text', text: shown }] : parseInline(label) }
}

function special(command: string, label: string | null): Inline {
  const [name = '', ...rest] = command.split('^')
  if (name === 'date') {
    const [unix = '0', format = '{date}', url] = rest
    return { kind: 'date', unix: Number(unix), format, url: url ?? null, fallback: label ?? '' }
  }
  if (name === 'subteam') return { kind: 'group', id: rest[0] ?? '', label }
  return { kind: 'broadcast', range: name }
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character)
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character)
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
