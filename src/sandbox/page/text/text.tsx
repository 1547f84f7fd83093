import type { TextObject } from '@slack/types'
import { memo, type ReactNode } from 'react'
import { withEmoji } from './emoji.ts'
import { inOrder } from './in-order.ts'
import { InlineText, Words } from './inline.tsx'
import { type MarkdownBlock, parseMarkdown } from './parse-markdown.ts'
import { type Inline, parseMrkdwn } from './parse-mrkdwn.ts'

/** A text object of Block Kit. */
export function Text({ text }: { text: TextObject }) {
  return text.type === 'mrkdwn' ? <Mrkdwn source={text.text} /> : <Plain text={text} />
}

/** A plain text object; `emoji: false` leaves only the short names alone, as in Slack. */
export function Plain({ text }: { text: { text: string; emoji?: boolean } }) {
  return (
    <span className="plain">
      <Words text={text.text} names={text.emoji !== false} />
    </span>
  )
}

/** The words of a plain text object as a string, for places that hold no markup. */
export function plainText(text: { text: string; emoji?: boolean }): string {
  return text.emoji === false ? text.text : withEmoji(text.text)
}

/** Slack's own markup. */
export const Mrkdwn = memo(function Mrkdwn({ source }: { source: string }) {
  return inOrder(parseMrkdwn(source), (block) => {
    if (block.kind === 'pre') return <pre>{block.text}</pre>
    const Tag = block.kind === 'quote' ? 'blockquote' : 'span'
    return (
      <Tag className="line">
        <InlineText of={block.of} />
      </Tag>
    )
  })
})

/** Standard markdown, as in a `markdown` block. */
export const Markdown = memo(function Markdown({ source }: { source: string }) {
  return inOrder(parseMarkdown(source), (block) => <MarkdownPart block={block} />)
})

/** A message's own headings stand below those of the page. */
const headings = ['h3', 'h4', 'h5', 'h6'] as const

function MarkdownPart({ block }: { block: MarkdownBlock }): ReactNode {
  switch (block.kind) {
    case 'heading': {
      const Tag = headings[Math.min(block.level, headings.length) - 1] ?? 'h3'
      return (
        <Tag className={`md-heading md-h${block.level}`}>
          <InlineText of={block.of} />
        </Tag>
      )
    }
    case 'pre':
      return <pre>{block.text}</pre>
    case 'rule':
      return <hr />
    case 'quote':
    case 'paragraph': {
      const Tag = block.kind === 'quote' ? 'blockquote' : 'p'
      return (
        <Tag>
          <InlineText of={block.of} />
        </Tag>
      )
    }
    case 'list': {
      const Tag = block.ordered ? 'ol' : 'ul'
      const item = (of: Inline[]) => (
        <li>
          <InlineText of={of} />
        </li>
      )
      return <Tag>{inOrder(block.items, item)}</Tag>
    }
    case 'table':
      return <MarkdownTable head={block.head} rows={block.rows} />
  }
}

function MarkdownTable({ head, rows }: { head: Inline[][]; rows: Inline[][][] }) {
  const titleCell = (of: Inline[]) => (
    <th scope="col">
      <InlineText of={of} />
    </th>
  )
  const cell = (of: Inline[]) => (
    <td>
      <InlineText of={of} />
    </td>
  )
  return (
    <div className="table-scroll">
      <table>
        <thead>
          <tr>{inOrder(head, titleCell)}</tr>
        </thead>
        <tbody>
          {inOrder(rows, (row) => (
            <tr>{inOrder(row, cell)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
