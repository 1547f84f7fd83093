import { type RefObject, useEffect } from 'react'

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]'

/** Holds the keyboard inside an open dialog, and gives it back to where it was when the dialog goes. */
export function useFocusTrap(dialog: RefObject<HTMLElement | null>, onEscape: () => void): void {
  useEffect(() => {
    const before = document.activeElement
    const all = reachable(dialog.current)
    // Where the view asks for it; else the first field; else whatever comes first.
    const first = all.find((each) => each.dataset.autofocus) ?? all.find((each) => each.dataset.actionId) ?? all[0]
    ;(first ?? dialog.current)?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [dialog])

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // The dialog on top has hidden those below it from the keyboard; only it answers.
      if (!dialog.current || dialog.current.closest('[inert]')) return
      if (event.key === 'Escape' && !event.defaultPrevented) {
        event.preventDefault()
        onEscape()
      }
      if (event.key === 'Tab') stayInside(event, dialog.current)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [dialog, onEscape])
}

function reachable(root: HTMLElement | null): HTMLElement[] {
  const all = [...(root?.querySelectorAll<HTMLElement>(focusable) ?? [])]
  return all.filter((element) => element.offsetParent !== null)
}

function stayInside(event: KeyboardEvent, root: HTMLElement): void {
  const all = reachable(root)
  const first = all[0]
  const last = all.at(-1)
  if (!first || !last) {
    event.preventDefault()
    return
  }
  const at = document.activeElement
  const outside = !root.contains(at) || at === root
  if (event.shiftKey ? outside || at === first : outside || at === last) {
    event.preventDefault()
    ;(event.shiftKey ? last : first).focus()
  }
}
