import { memo, type ReactNode, useCallback } from 'react'
import type { SandboxEphemeral, SandboxFile, SandboxMessage } from '../../state.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { ActingSurface, type BlockAction } from '../blocks/surface.tsx'
import { useDirectory } from '../live/directory.tsx'
import { useControl } from '../live/use-control.ts'
import { Icon } from '../shell/icon.tsx'
import { SlackDate } from '../text/inline.tsx'
import { Mrkdwn } from '../text/text.tsx'
import { Avatar } from './avatar.tsx'
import { MessageMenu } from './message-menu.tsx'

interface MessageProps {
  message: SandboxMessage
  channel: string
  files: SandboxFile[]
  /** Left out inside a thread. */
  onOpenThread?: ((ts: string) => void) | undefined
}

/** One message with its card, files and the way to its thread. */
export const Message = memo(function Message({ message, channel, files, onOpenThread }: MessageProps) {
  const last = message.replies.at(-1)
  const count = message.replies.length
  return (
    <Frame ts={message.ts} user={message.user} channel={channel} edited={message.editedAt !== null}>
      <Content blocks={message.blocks} text={message.text} />
      {files.map((file) => (
        <FileBox key={file.id} file={file} />
      ))}
      {last && onOpenThread && (
        <button
          type="button"
          className="thread-link"
          data-testid="thread-link"
          onClick={() => onOpenThread(message.ts)}
        >
          <strong>{count === 1 ? '1 reply' : `${count} replies`}</strong>
          <span>
            Last reply <Moment ts={last.ts} />
          </span>
        </button>
      )}
    </Frame>
  )
})

interface EphemeralProps {
  ephemeral: SandboxEphemeral
  author: string
  onDismiss: (ts: string) => void
}

/** A message that only its reader sees. */
export const Ephemeral = memo(function Ephemeral({ ephemeral, author, onDismiss }: EphemeralProps) {
  return (
    <Frame
      ts={ephemeral.ts}
      user={author}
      channel={ephemeral.channel}
      note={
        <div className="only-you">
          <Icon name="eye" /> Only visible to you
          <button type="button" className="link-button" onClick={() => onDismiss(ephemeral.ts)}>
            Dismiss
          </button>
        </div>
      }
    >
      <Content blocks={ephemeral.blocks} text={ephemeral.text} />
    </Frame>
  )
})

interface FrameProps {
  ts: string
  user: string
  channel: string
  edited?: boolean
  note?: ReactNode
  children: ReactNode
}

function Frame({ ts, user, channel, edited = false, note, children }: FrameProps) {
  const { me, users } = useDirectory()
  const send = useControl()
  const author = users[user]
  const name = author?.name ?? user
  const act = useCallback(
    async ({ blockId, actionId, ...what }: BlockAction) => {
      await send('click', { user: me, channel, ts, block_id: blockId, action_id: actionId, ...what })
    },
    [send, me, channel, ts],
  )
  return (
    <article
      className={`message ${note ? 'ephemeral' : ''}`}
      data-testid="message"
      data-ts={ts}
      aria-label={`From ${name}`}
    >
      <Avatar user={author} />
      <div className="message-main">
        {note}
        <div className="message-head">
          <strong>{name}</strong>
          {author?.isBot && <span className="app-tag">App</span>}
          <Moment ts={ts} />
          {edited && <span className="edited">(edited)</span>}
        </div>
        {!note && <MessageMenu channel={channel} ts={ts} />}
        <ActingSurface act={act}>{children}</ActingSurface>
      </div>
    </article>
  )
}

function Content({ blocks, text }: { blocks: unknown[]; text: string }) {
  return blocks.length > 0 ? (
    <Blocks blocks={blocks} />
  ) : (
    <div className="message-text">
      <Mrkdwn source={text} />
    </div>
  )
}

function Moment({ ts }: { ts: string }) {
  return (
    <span className="moment">
      <SlackDate unix={Number(ts)} format="{time}" url={null} fallback="" />
    </span>
  )
}

/** A shared file with its download. */
function FileBox({ file }: { file: SandboxFile }) {
  return (
    <div className="file" data-testid="file">
      <span className="file-mark" aria-hidden="true">
        {(file.name.split('.').pop() ?? '').slice(0, 4) || 'file'}
      </span>
      <span className="file-text">
        <strong>{file.title || file.name}</strong>
        <small>
          {file.title && file.title !== file.name ? `${file.name} · ` : ''}
          {sizeOf(file.size)}
        </small>
      </span>
      <a className="button" href={file.url} download={file.name}>
        Download
      </a>
    </div>
  )
}

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
