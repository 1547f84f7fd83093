import type { ReactNode } from 'react'
import { useDirectory } from '../live/directory.tsx'
import { emojiOf, splitEmoji } from './emoji.ts'
import { drawingOf } from './emoji-drawings.tsx'
import { inOrder } from './in-order.ts'
import type { Inline } from './parse-mrkdwn.ts'
import { formatSlackDate } from './slack-date.ts'

/** Draws parsed text. */
export function InlineText({ of }: { of: Inline[] }): ReactNode {
  return inOrder(of, (node) => <Piece node={node} />)
}

function Piece({ node }: { node: Inline }): ReactNode {
  switch (node.kind) {
    case 'text':
      return <Words text={node.text} />
    case 'break':
      return <br />
    case 'emoji':
      return <Emoji name={node.name} />
    case 'code':
      return <code>{node.text}</code>
    case 'bold':
      return (
        <strong>
          <InlineText of={node.of} />
        </strong>
      )
    case 'italic':
      return (
        <em>
          <InlineText of={node.of} />
        </em>
      )
    case 'strike':
      return (
        <s>
          <InlineText of={node.of} />
        </s>
      )
    case 'link':
      return (
        <OutsideLink url={node.url}>
          <InlineText of={node.of} />
        </OutsideLink>
      )
    case 'user':
      return <UserMention id={node.id} label={node.label} />
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />
    case 'group':
      return <GroupMention id={node.id} label={node.label} />
    case 'broadcast':
      return <span className="mention mention-me">@{node.range}</span>
    case 'date':
      return <SlackDate unix={node.unix} format={node.format} url={node.url} fallback={node.fallback} />
  }
}

/** Plain words, with the emoji among them drawn; `names` says whether `:short_name:` is one. */
export function Words({ text, names = true }: { text: string; names?: boolean }): ReactNode {
  return inOrder(splitEmoji(text, names), (part) => ('emoji' in part ? <Emoji name={part.emoji} /> : part.text))
}

/** An emoji by its short name; one that this page does not know keeps its name. */
export function Emoji({ name, unicode }: { name: string; unicode?: string | undefined }) {
  const drawing = drawingOf(name)
  const character = emojiOf(name) ?? fromCodePoints(unicode)
  if (!drawing && !character) return `:${name}:`
  const words = name.replaceAll('_', ' ')
  if (!drawing) {
    return (
      <span className="emoji" role="img" aria-label={words} title={`:${name}:`}>
        {character}
      </span>
    )
  }
  return (
    <svg className="emoji" viewBox="0 0 20 20" role="img" aria-label={words}>
      <title>{`:${name}:`}</title>
      {drawing}
    </svg>
  )
}

function fromCodePoints(unicode: string | undefined): string | undefined {
  if (!unicode || !/^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode)) return undefined
  return String.fromCodePoint(...unicode.split('-').map((hex) => Number.parseInt(hex, 16)))
}

/** A link that leaves the page; only addresses that a browser may safely open become one. */
export function OutsideLink({ url, children }: { url: string; children: ReactNode }) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return children
  return (
    <a href={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  )
}

/** A person by name. */
export function UserMention({ id, label = null }: { id: string; label?: string | null }) {
  const { me, users } = useDirectory()
  const name = users[id]?.name ?? label?.replace(/^@/, '') ?? id
  return (
    <span className={id === me ? 'mention mention-me' : 'mention'} title={users[id]?.email}>
      @{name}
    </span>
  )
}

/** A user group by its handle. */
export function GroupMention({ id, label = null }: { id: string; label?: string | null }) {
  const { groups } = useDirectory()
  return <span className="mention">@{groups[id] ?? label?.replace(/^@/, '') ?? 'group'}</span>
}

/** A channel by name. */
export function ChannelMention({ id, label = null }: { id: string; label?: string | null }) {
  const { channels } = useDirectory()
  return <span className="mention">#{channels[id]?.name ?? label ?? id}</span>
}

/** A moment in the reader's own zone. */
export function SlackDate(props: { unix: number; format: string; url: string | null; fallback: string }) {
  if (!Number.isFinite(props.unix)) return props.fallback
  const reader = { now: new Date(), locale: 'en' }
  const time = (
    <time
      dateTime={new Date(props.unix * 1000).toISOString()}
      title={formatSlackDate(props.unix, '{date_long} at {time_secs}', reader)}
    >
      {formatSlackDate(props.unix, props.format, reader)}
    </time>
  )
  return props.url ? <OutsideLink url={props.url}>{time}</OutsideLink> : time
}
