import { type ReactNode, useMemo, useRef } from 'react'
import type { SandboxChannel, SandboxEphemeral, SandboxFile, SandboxMessage } from '../../state.ts'
import { Icon } from '../shell/icon.tsx'
import { SlackDate } from '../text/inline.tsx'
import { Ephemeral, Message } from './message.tsx'
import { useStickToBottom } from './stick-to-bottom.ts'

interface Props {
  channel: SandboxChannel
  /** The reader's own ephemerals of this channel, outside threads. */
  ephemerals: SandboxEphemeral[]
  files: SandboxFile[]
  /** The user behind the app's messages. */
  app: string
  onOpenThread: (ts: string) => void
  onDismiss: (ts: string) => void
}

type Item =
  | { kind: 'message'; ts: string; message: SandboxMessage }
  | { kind: 'ephemeral'; ts: string; ephemeral: SandboxEphemeral }

const noFiles: SandboxFile[] = []

/** The messages of a channel, with what only the reader sees among them. */
export function Timeline({ channel, ephemerals, files, app, onOpenThread, onDismiss }: Props) {
  const list = useRef<HTMLDivElement>(null)
  const { atBottom, toBottom } = useStickToBottom(list, channel.id)
  const filesByTs = useMemo(() => groupByTs(channel, files), [channel, files])
  const items = useMemo(() => mergeByTime(channel.messages, ephemerals), [channel.messages, ephemerals])

  let day = ''
  const rows = items.flatMap((item): ReactNode[] => {
    const today = new Date(Number(item.ts) * 1000).toDateString()
    const divider = today === day ? [] : [<DayDivider key={today} ts={item.ts} />]
    day = today
    const row =
      item.kind === 'message' ? (
        <Message
          key={item.ts}
          message={item.message}
          channel={channel.id}
          files={filesByTs.get(item.ts) ?? noFiles}
          onOpenThread={onOpenThread}
        />
      ) : (
        <Ephemeral key={`only-${item.ts}`} ephemeral={item.ephemeral} author={app} onDismiss={onDismiss} />
      )
    return [...divider, row]
  })

  return (
    <div className="timeline-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard. */}
      <section className="timeline" ref={list} tabIndex={0} aria-label="Messages" data-testid="timeline">
        <div className="timeline-content">{rows.length > 0 ? rows : <EmptyChannel channel={channel} />}</div>
      </section>
      {!atBottom && (
        <button type="button" className="to-bottom" onClick={toBottom}>
          <Icon name="down" /> Newest messages
        </button>
      )}
    </div>
  )
}

function mergeByTime(messages: SandboxMessage[], ephemerals: SandboxEphemeral[]): Item[] {
  const all: Item[] = [
    ...messages.map((message): Item => ({ kind: 'message', ts: message.ts, message })),
    ...ephemerals.map((ephemeral): Item => ({ kind: 'ephemeral', ts: ephemeral.ts, ephemeral })),
  ]
  return all.sort((one, other) => Number(one.ts) - Number(other.ts))
}

/** A file belongs to the message of its time, or to the last one before it. */
function groupByTs(channel: SandboxChannel, files: SandboxFile[]): Map<string, SandboxFile[]> {
  const groups = new Map<string, SandboxFile[]>()
  for (const file of files.filter((each) => each.channel === channel.id)) {
    const owner = channel.messages.findLast((message) => Number(message.ts) <= Number(file.ts))
    if (!owner) continue
    groups.set(owner.ts, [...(groups.get(owner.ts) ?? []), file])
  }
  return groups
}

function DayDivider({ ts }: { ts: string }) {
  return (
    <div className="day">
      <span>
        <SlackDate unix={Number(ts)} format="{date_long_pretty}" url={null} fallback="" />
      </span>
    </div>
  )
}

function EmptyChannel({ channel }: { channel: SandboxChannel }) {
  return (
    <div className="empty">
      <h3>{channel.kind === 'dm' ? 'Ask Purser anything' : `This is #${channel.name}`}</h3>
      <p>{channel.kind === 'dm' ? 'Try: what is stuck?' : channel.topic || 'Nothing was posted here yet.'}</p>
    </div>
  )
}
