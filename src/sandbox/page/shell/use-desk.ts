import { useEffect, useState } from 'react'
import type { SandboxState, SandboxUser } from '../../state.ts'
import { channelOf, directMessages, type OpenPlace, visibleChannels } from '../chat/place.ts'
import { useRemembered } from '../live/use-remembered.ts'

const isWide = () => window.matchMedia('(min-width: 1080px)').matches

/** What is open on the page: the place in the middle, the side panel, the drawer, the drafts. */
export function useDesk(state: SandboxState, me: SandboxUser) {
  const [chosen, setChosen] = useRemembered<OpenPlace>('place', { kind: 'channel', id: '' })
  const [panel, setPanel] = useState(isWide)
  const [drawer, setDrawer] = useState(false)
  const [thread, setThread] = useState<string | null>(null)
  const [drafts, setDrafts] = useState<Record<string, string>>({})

  const first = visibleChannels(state, me)[0]
  const known = chosen.kind !== 'channel' || channelOf(state, me, chosen) !== undefined
  const place: OpenPlace = known || !first ? chosen : { kind: 'channel', id: first.id }
  const draftKey = keyOf(me, place)

  useEffect(() => {
    if (!drawer) return
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setDrawer(false)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [drawer])

  const open = (next: OpenPlace) => {
    setChosen(next)
    setThread(null)
    setDrawer(false)
    if (!isWide()) setPanel(false)
  }
  return {
    place,
    channel: channelOf(state, me, place),
    direct: directMessages(state, me),
    open,
    drawer,
    setDrawer,
    thread,
    setThread,
    panel: panel && thread === null,
    togglePanel: () => {
      setPanel(thread !== null || !panel)
      setThread(null)
      setDrawer(false)
    },
    draft: drafts[draftKey] ?? '',
    setDraft: (draft: string) => setDrafts((all) => ({ ...all, [draftKey]: draft })),
    /** Opens a place with words ready to be sent by somebody. */
    prepare: (actor: SandboxUser, next: OpenPlace, draft: string) => {
      open(next)
      setDrafts((all) => ({ ...all, [keyOf(actor, next)]: draft }))
    },
  }
}

function keyOf(actor: SandboxUser, place: OpenPlace): string {
  return `${actor.id}/${place.kind === 'channel' ? place.id : place.kind}`
}
