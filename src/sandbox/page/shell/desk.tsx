import { useCallback, useEffect, useState } from 'react'
import type { SandboxState, SandboxUser } from '../../state.ts'
import type { OpenPlace } from '../chat/place.ts'
import { Sidebar } from '../chat/sidebar.tsx'
import { Thread } from '../chat/thread.tsx'
import { useControl } from '../live/use-control.ts'
import { ModalStack } from '../modal/modal-stack.tsx'
import { Guide } from '../services/guide.tsx'
import type { GuideAction } from '../services/guide-steps.ts'
import { LogViewer } from '../services/log-viewer.tsx'
import { ServicesPanel } from '../services/services-panel.tsx'
import { Conversation } from './conversation.tsx'
import { TopBar } from './top-bar.tsx'
import { useDesk } from './use-desk.ts'
import { useSeen } from './use-seen.ts'

interface Props {
  state: SandboxState
  me: SandboxUser
  onAccount: (account: string) => void
}

/** The whole workspace as one account sees it. */
export function Desk({ state, me, onAccount }: Props) {
  const desk = useDesk(state, me)
  const { channel, thread } = desk
  const seen = useSeen(me.id, channel)
  const [logOf, setLogOf] = useState<string | null>(null)
  const closeLog = useCallback(() => setLogOf(null), [])
  const [dismissed, setDismissed] = useState<string[]>([])
  const onStep = useGuideSteps({ state, onAccount, prepare: desk.prepare })
  const views = state.views[me.id] ?? []
  const log = state.services.find((service) => service.name === logOf)
  const dismiss = (ts: string) => setDismissed((all) => [...all, ts])
  const ephemerals = state.ephemerals.filter(
    (each) => each.user === me.id && each.channel === channel?.id && !dismissed.includes(each.ts),
  )

  useEffect(() => {
    document.title = `${channel?.kind === 'channel' ? `#${channel.name}` : state.app.name} · ${state.team.name} sandbox`
  }, [channel, state])

  const shared = { state, me, app: state.app.userId, onDismiss: dismiss }
  const threadSide = thread !== null && channel && (
    <Thread
      key={thread}
      me={me.id}
      app={state.app}
      channel={channel}
      ts={thread}
      onDismiss={dismiss}
      ephemerals={ephemerals.filter((each) => each.threadTs === thread)}
      onClose={() => desk.setThread(null)}
    />
  )
  return (
    <>
      <div className={`desk ${desk.drawer ? 'drawer-open' : ''}`} inert={views.length > 0 || log !== undefined}>
        <TopBar {...shared} desk={desk} onAccount={onAccount} />
        <Sidebar {...shared} place={desk.place} seen={seen} onOpen={desk.open} />
        {desk.drawer && <Scrim onClick={() => desk.setDrawer(false)} />}
        <Conversation {...shared} desk={desk} ephemerals={ephemerals.filter((each) => each.threadTs === null)} />
        {threadSide}
        {desk.panel && (
          <ServicesPanel state={state} onLog={setLogOf} onClose={desk.togglePanel}>
            <Guide onStep={onStep} />
          </ServicesPanel>
        )}
      </div>
      {log && <LogViewer service={log} onClose={closeLog} />}
      <ModalStack me={me.id} views={views} />
    </>
  )
}

function Scrim({ onClick }: { onClick: () => void }) {
  return <button type="button" className="scrim" aria-label="Close the channels" onClick={onClick} />
}

interface GuideNeeds {
  state: SandboxState
  onAccount: (account: string) => void
  prepare: (actor: SandboxUser, place: OpenPlace, draft: string) => void
}

function useGuideSteps({ state, onAccount, prepare }: GuideNeeds): (action: GuideAction) => void {
  const send = useControl()
  return (action) => {
    if (action.kind === 'break') return void send('faults', action.fault)
    if (action.kind === 'kill') return void send('purser', { action: 'kill' })
    const actor = state.users.find((user) => user.account === action.account)
    const channel = state.channels.find((each) => each.name === action.channel)
    if (!actor || !channel) return
    onAccount(actor.account)
    prepare(actor, { kind: 'channel', id: channel.id }, action.text)
  }
}
