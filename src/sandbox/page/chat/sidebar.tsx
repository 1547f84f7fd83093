import type { ReactNode } from 'react'
import type { SandboxState, SandboxUser } from '../../state.ts'
import { Icon } from '../shell/icon.tsx'
import { PurserMark } from './avatar.tsx'
import { directMessages, type OpenPlace, unreadCount, visibleChannels } from './place.ts'

interface Props {
  state: SandboxState
  me: SandboxUser
  place: OpenPlace
  seen: Record<string, string>
  onOpen: (place: OpenPlace) => void
}

/** The workspace's name, its channels, and Purser's Home and direct messages. */
export function Sidebar({ state, me, place, seen, onOpen }: Props) {
  const seenIn = (id: string | undefined) => seen[`${me.id}/${id ?? ''}`]
  const direct = directMessages(state, me)
  const channels = visibleChannels(state, me).map((channel) => (
    <Row
      key={channel.id}
      testId={`channel-${channel.name}`}
      mark={channel.kind === 'private' ? <Icon name="lock" /> : '#'}
      name={channel.name}
      current={place.kind === 'channel' && place.id === channel.id}
      unread={unreadCount(channel, me, seenIn(channel.id))}
      onOpen={() => onOpen({ kind: 'channel', id: channel.id })}
    />
  ))
  return (
    <nav className="sidebar" aria-label="Workspace">
      <div className="workspace-name">
        <span className="workspace-mark">
          <PurserMark />
        </span>
        <span>
          <strong>{state.team.name}</strong>
          <small>Purser sandbox</small>
        </span>
      </div>
      <h2>Channels</h2>
      <ul>{channels}</ul>
      <h2>{state.app.name}</h2>
      <ul>
        <Row
          testId="app-home"
          mark={<Icon name="home" />}
          name="Home"
          current={place.kind === 'home'}
          unread={0}
          onOpen={() => onOpen({ kind: 'home' })}
        />
        <Row
          testId="dm-purser"
          mark={<Icon name="message" />}
          name="Messages"
          current={place.kind === 'dm'}
          unread={unreadCount(direct, me, seenIn(direct?.id))}
          onOpen={() => onOpen({ kind: 'dm' })}
        />
      </ul>
      <p className="sidebar-foot">A local workspace. Nothing here leaves this machine.</p>
    </nav>
  )
}

interface RowProps {
  testId: string
  mark: ReactNode
  name: string
  current: boolean
  unread: number
  onOpen: () => void
}

function Row({ testId, mark, name, current, unread, onOpen }: RowProps) {
  const isNew = unread > 0 && !current
  return (
    <li>
      <button
        type="button"
        className={`place ${isNew ? 'unread' : ''}`}
        aria-current={current ? 'page' : undefined}
        data-testid={testId}
        onClick={onOpen}
      >
        <span className="place-mark" aria-hidden="true">
          {mark}
        </span>
        <span className="place-name">{name}</span>
        {isNew && (
          <span className="badge">
            {unread > 99 ? '99+' : unread}
            <span className="sr-only"> new</span>
          </span>
        )}
      </button>
    </li>
  )
}
