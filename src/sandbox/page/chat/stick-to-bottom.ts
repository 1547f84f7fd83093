import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Keeps a list at its end while its reader is there, and leaves it alone while they read further up. */
export function useStickToBottom(list: RefObject<HTMLElement | null>, place: string) {
  const sticks = useRef(true)
  const [atBottom, setAtBottom] = useState(true)

  const toBottom = useCallback(() => {
    const element = list.current
    if (!element) return
    sticks.current = true
    setAtBottom(true)
    element.scrollTop = element.scrollHeight
  }, [list])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another channel begins at its end.
  useLayoutEffect(toBottom, [place, toBottom])

  useEffect(() => {
    const element = list.current
    const content = element?.firstElementChild
    if (!element || !content) return
    const onScroll = () => {
      const near = element.scrollHeight - element.scrollTop - element.clientHeight < 40
      sticks.current = near
      setAtBottom(near)
    }
    const observer = new ResizeObserver(() => {
      if (sticks.current) element.scrollTop = element.scrollHeight
    })
    element.addEventListener('scroll', onScroll, { passive: true })
    observer.observe(content)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [list])

  return { atBottom, toBottom }
}
