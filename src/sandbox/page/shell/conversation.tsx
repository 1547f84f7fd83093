import type { SandboxChannel, SandboxEphemeral, SandboxState, SandboxUser } from '../../state.ts'
import { Composer } from '../chat/composer.tsx'
import { Home } from '../chat/home.tsx'
import { Timeline } from '../chat/timeline.tsx'
import type { useDesk } from './use-desk.ts'

interface Props {
  state: SandboxState
  me: SandboxUser
  app: string
  desk: ReturnType<typeof useDesk>
  ephemerals: SandboxEphemeral[]
  onDismiss: (ts: string) => void
}

/** The middle of the page: a channel, the direct messages with Purser, or its Home. */
export function Conversation({ state, me, app, desk, ephemerals, onDismiss }: Props) {
  const isHome = desk.place.kind === 'home'
  const channel = desk.channel ?? noChannel
  const isDm = desk.place.kind === 'dm'
  const title = isHome || isDm ? state.app.name : `#${channel.name}`
  return (
    <main className="conversation">
      <header className="conversation-head">
        <h1>{title}</h1>
        {isHome || isDm ? (
          <div className="tabs app-tabs" role="tablist" aria-label={state.app.name}>
            <AppTab name="Home" selected={isHome} onOpen={() => desk.open({ kind: 'home' })} />
            <AppTab name="Messages" selected={isDm} onOpen={() => desk.open({ kind: 'dm' })} />
          </div>
        ) : (
          <ChannelFacts channel={channel} />
        )}
      </header>
      {isHome ? (
        <Home me={me.id} home={state.homes[me.id]} />
      ) : (
        <>
          <Timeline
            channel={channel}
            ephemerals={ephemerals}
            files={state.files}
            app={app}
            onOpenThread={desk.setThread}
            onDismiss={onDismiss}
          />
          <Composer
            me={me.id}
            app={state.app}
            channel={channel}
            spot={isDm ? 'dm' : 'channel'}
            draft={desk.draft}
            onDraft={desk.setDraft}
          />
        </>
      )}
    </main>
  )
}

/** Direct messages that nobody has written in yet. */
const noChannel: SandboxChannel = {
  id: '',
  name: '',
  kind: 'dm',
  topic: '',
  archived: false,
  members: [],
  messages: [],
}

function ChannelFacts({ channel }: { channel: SandboxChannel }) {
  return (
    <p className="conversation-facts">
      {channel.topic && <span className="topic">{channel.topic}</span>}
      <span>{channel.members.length === 1 ? '1 member' : `${channel.members.length} members`}</span>
    </p>
  )
}

function AppTab({ name, selected, onOpen }: { name: string; selected: boolean; onOpen: () => void }) {
  return (
    <button type="button" role="tab" aria-selected={selected} className="tab" onClick={onOpen}>
      {name}
    </button>
  )
}
