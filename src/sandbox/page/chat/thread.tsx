import { useRef, useState } from 'react'
import type { SandboxChannel, SandboxEphemeral, SandboxState } from '../../state.ts'
import { Icon } from '../shell/icon.tsx'
import { Composer } from './composer.tsx'
import { Ephemeral, Message } from './message.tsx'
import { useStickToBottom } from './stick-to-bottom.ts'

interface Props {
  channel: SandboxChannel
  ts: string
  ephemerals: SandboxEphemeral[]
  me: string
  app: SandboxState['app']
  onDismiss: (ts: string) => void
  onClose: () => void
}

/** A message and its replies, beside the channel. */
export function Thread({ channel, ts, ephemerals, me, app, onDismiss, onClose }: Props) {
  const [draft, setDraft] = useState(`@${app.name} `)
  const list = useRef<HTMLDivElement>(null)
  useStickToBottom(list, ts)
  const parent = channel.messages.find((message) => message.ts === ts)
  const replies = parent?.replies.map((reply) => (
    <Message key={reply.ts} message={reply} channel={channel.id} files={[]} />
  ))
  const onlyMine = ephemerals.map((ephemeral) => (
    <Ephemeral key={ephemeral.ts} ephemeral={ephemeral} author={app.userId} onDismiss={onDismiss} />
  ))
  return (
    <aside className="side thread" aria-label="Thread" data-testid="thread">
      <header className="side-head">
        <h2>
          Thread <small>{channel.kind === 'dm' ? 'Purser' : `#${channel.name}`}</small>
        </h2>
        <button type="button" className="icon-button" aria-label="Close the thread" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="side-body" ref={list}>
        <div>
          {parent ? (
            <Message message={parent} channel={channel.id} files={[]} />
          ) : (
            <p className="empty">It was deleted.</p>
          )}
          <div className="reply-count">
            <span>{replies?.length === 1 ? '1 reply' : `${replies?.length ?? 0} replies`}</span>
          </div>
          {replies}
          {onlyMine}
        </div>
      </div>
      {channel.kind !== 'dm' && (
        <Composer me={me} app={app} channel={channel} spot="thread" threadTs={ts} draft={draft} onDraft={setDraft} />
      )}
    </aside>
  )
}
