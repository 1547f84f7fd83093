import { useEffect } from 'react'
import type { SandboxChannel } from '../../state.ts'
import { useRemembered } from '../live/use-remembered.ts'

/** The newest message each account has seen, by `user/channel`; the open channel counts as seen. */
export function useSeen(me: string, open: SandboxChannel | undefined): Record<string, string> {
  const [seen, setSeen] = useRemembered<Record<string, string>>('seen', {})
  const key = `${me}/${open?.id ?? ''}`
  const newest = open?.messages.at(-1)?.ts
  const known = seen[key]
  useEffect(() => {
    if (newest === undefined || newest === known || document.hidden) return
    setSeen({ ...seen, [key]: newest })
  }, [seen, setSeen, key, newest, known])
  return seen
}
