import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  RichTextLink,
  RichTextList,
  RichTextText,
} from '@slack/types'
import type { ReactNode } from 'react'
import { inOrder } from './in-order.ts'
import { ChannelMention, Emoji, GroupMention, OutsideLink, SlackDate, UserMention, Words } from './inline.tsx'

/** A `rich_text` block. Neighbouring lists are drawn as one, nested by their indent. */
export function RichText({ block }: { block: Pick<RichTextBlock, 'elements'> }): ReactNode {
  const numbers = numberLists(block.elements)
  return inOrder(block.elements, (element, index) => <Part element={element} start={numbers[index] ?? 1} />)
}

/** An ordered list goes on counting when deeper lists stand between its parts. */
function numberLists(elements: RichTextBlockElement[]): number[] {
  const counted = new Map<number, number>()
  return elements.map((element) => {
    if (element.type !== 'rich_text_list') {
      counted.clear()
      return 1
    }
    const indent = element.indent ?? 0
    for (const deeper of [...counted.keys()]) if (deeper > indent) counted.delete(deeper)
    const start = (counted.get(indent) ?? 0) + 1
    counted.set(indent, start + element.elements.length - 1)
    return start
  })
}

function Part({ element, start }: { element: RichTextBlockElement; start: number }): ReactNode {
  switch (element.type) {
    case 'rich_text_section':
      return (
        <div className="rich-section">
          <Elements of={element.elements} />
        </div>
      )
    case 'rich_text_list':
      return <List list={element} start={start} />
    case 'rich_text_quote':
      return (
        <blockquote>
          <Elements of={element.elements} />
        </blockquote>
      )
    case 'rich_text_preformatted':
      return (
        <pre>
          <Elements of={element.elements} />
        </pre>
      )
    default:
      return null
  }
}

function List({ list, start }: { list: RichTextList; start: number }) {
  const indent = Math.min(list.indent ?? 0, 5)
  const items = inOrder(list.elements, (item) => (
    <li>
      <Elements of={item.elements} />
    </li>
  ))
  const className = `rich-list indent-${indent} ${list.border ? 'bordered' : ''}`
  return list.style === 'ordered' ? (
    <ol className={className} start={start}>
      {items}
    </ol>
  ) : (
    <ul className={className}>{items}</ul>
  )
}

function Elements({ of }: { of: (RichTextElement | RichTextText | RichTextLink)[] }): ReactNode {
  return inOrder(of, (element) => (
    <Styled style={element.style}>
      <Leaf element={element} />
    </Styled>
  ))
}

function Styled({ style, children }: { style: RichTextElement['style']; children: ReactNode }): ReactNode {
  let styled = children
  if (style?.code) styled = <code>{styled}</code>
  if (style?.bold) styled = <strong>{styled}</strong>
  if (style?.italic) styled = <em>{styled}</em>
  if (style?.strike) styled = <s>{styled}</s>
  if (style?.underline) styled = <u>{styled}</u>
  return styled
}

function Leaf({ element }: { element: RichTextElement }): ReactNode {
  switch (element.type) {
    case 'text':
      return (
        <span className="plain">
          <Words text={element.text} />
        </span>
      )
    case 'link':
      return <OutsideLink url={element.url}>{element.text ?? element.url}</OutsideLink>
    case 'emoji':
      return <Emoji name={element.name} unicode={element.unicode} />
    case 'user':
      return <UserMention id={element.user_id} />
    case 'channel':
      return <ChannelMention id={element.channel_id} />
    case 'usergroup':
      return <GroupMention id={element.usergroup_id} />
    case 'team':
      return <span className="mention">@team</span>
    case 'broadcast':
      return <span className="mention mention-me">@{element.range}</span>
    case 'date': {
      const { timestamp, format, url = null, fallback = '' } = element
      return <SlackDate unix={timestamp} format={format} url={url} fallback={fallback} />
    }
    case 'color':
      return <code>{element.value}</code>
    default:
      return null
  }
}
