import { type KeyboardEvent, useId, useState } from 'react'
import { type CommandHint, suggestCommands } from './read-composer.ts'

/** The commands offered for a draft, and the keys that walk, take and hide them. */
export function useOffers(draft: string, onTake: (hint: CommandHint) => void) {
  const id = useId()
  const [picked, setPicked] = useState(0)
  const [hiddenFor, setHiddenFor] = useState<string | null>(null)
  const list = hiddenFor === draft ? [] : suggestCommands(draft)
  const at = Math.max(0, Math.min(picked, list.length - 1))
  const take = (hint: CommandHint) => {
    setPicked(0)
    onTake(hint)
  }
  const onKey = (event: KeyboardEvent): boolean => {
    const offer = list[at]
    if (!offer) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) setPicked((at + step + list.length) % list.length)
    else if (event.key === 'Escape') setHiddenFor(draft)
    else if (event.key === 'Tab' || (event.key === 'Enter' && draft !== offer.command)) take(offer)
    else return false
    return true
  }
  return { id, list, at, take, onKey }
}
