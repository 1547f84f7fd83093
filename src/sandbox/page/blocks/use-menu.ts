import { useEffect, useRef, useState } from 'react'

/** A pop-up below its button: closed by Escape, by a click elsewhere and by leaving it; arrows walk its items. */
export function useMenu(itemSelector: string) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const anchor = root.current
    if (!open || !anchor) return
    openUpwardsIfBetter(anchor)
    const items = () => [...anchor.querySelectorAll<HTMLElement>(itemSelector)]
    items()[0]?.focus()
    const outside = (event: Event) => {
      if (event.target instanceof Node && !anchor.contains(event.target)) setOpen(false)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        // Not for the modal around the menu, which would close as well.
        event.stopPropagation()
        setOpen(false)
        anchor.querySelector('button')?.focus()
      } else if (walk(items(), event.key)) {
        event.preventDefault()
      }
    }
    anchor.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      anchor.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open, itemSelector])

  return { open, setOpen, root }
}

/** A menu near the end of what scrolls around it would be cut off below. */
function openUpwardsIfBetter(anchor: HTMLElement): void {
  const menu = anchor.querySelector<HTMLElement>('.menu')
  if (!menu) return
  const around = anchor.closest('.timeline, .home, .modal-body, .side-body')?.getBoundingClientRect()
  const at = anchor.getBoundingClientRect()
  const below = (around?.bottom ?? window.innerHeight) - at.bottom
  const above = at.top - (around?.top ?? 0)
  menu.classList.toggle('menu-up', below < menu.offsetHeight + 10 && above > below)
  menu.classList.toggle('menu-left', at.left + menu.offsetWidth > (around?.right ?? window.innerWidth))
}

function walk(items: HTMLElement[], key: string): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (step === undefined) return false
  const at = items.findIndex((item) => item.matches(':focus'))
  items[(at + step + items.length) % items.length]?.focus()
  return true
}
