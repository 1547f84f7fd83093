import { useState } from 'react'
import type { SandboxState } from '../../state.ts'
import { useToast } from '../live/toasts.tsx'
import { useControl } from '../live/use-control.ts'
import { readComposer, type Spot } from './read-composer.ts'

export interface Destination {
  me: string
  app: SandboxState['app']
  channel: { id: string; name: string }
  spot: Spot
  /** The message whose thread is written in. */
  threadTs?: string | undefined
}

/** Sends what was typed; answers whether the draft may go. */
export function useDelivery({ me, app, channel, spot, threadTs }: Destination) {
  const send = useControl()
  const toast = useToast()
  const [busy, setBusy] = useState(false)

  const deliver = async (draft: string): Promise<boolean> => {
    const { kind, ...typed } = readComposer(draft, app, spot)
    if (kind === 'nowhere') {
      toast({ tone: 'note', text: 'Nobody would read that', hint: 'hint' in typed ? typed.hint : undefined })
      return false
    }
    if (kind === 'slash' && channel.id === '') {
      toast({ tone: 'note', text: 'Say something first', hint: 'Commands work here once this conversation has begun.' })
      return false
    }
    setBusy(true)
    const place = kind === 'dm' ? {} : { channel: channel.id, ...(threadTs ? { thread_ts: threadTs } : {}) }
    const answer = await send(kind, { user: me, ...place, ...typed })
    setBusy(false)
    // A command that failed may be sent again; a message stands in the channel all the same.
    return answer !== null || kind !== 'slash'
  }
  return { busy, deliver }
}
