import { useEffect, useState } from 'react'
import type { SandboxState } from '../../state.ts'
import { shareUnchanged } from './share-unchanged.ts'

export type Connection = 'connecting' | 'open' | 'lost'

/** Follows the sandbox's state; comes back by itself when the sandbox was away. */
export function useSandbox(): { state: SandboxState | null; connection: Connection } {
  const [state, setState] = useState<SandboxState | null>(null)
  const [connection, setConnection] = useState<Connection>('connecting')

  useEffect(() => {
    let source: EventSource | null = null
    let again: ReturnType<typeof setTimeout> | undefined

    const receive = (event: MessageEvent<string>) => {
      const next = JSON.parse(event.data) as SandboxState
      setState((before) => shareUnchanged(before, next))
      setConnection('open')
    }
    const connect = () => {
      source = new EventSource('/sandbox/events')
      source.onopen = () => setConnection('open')
      source.onmessage = receive
      source.addEventListener('state', receive)
      source.onerror = () => {
        setConnection('lost')
        // The browser gives up for good on an answer that is no event stream; a dropped line it mends alone.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(connect, 1500)
      }
    }
    connect()
    return () => {
      clearTimeout(again)
      source?.close()
    }
  }, [])

  return { state, connection }
}
