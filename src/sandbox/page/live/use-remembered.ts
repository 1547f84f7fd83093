import { useCallback, useState } from 'react'

/** State that the browser remembers between visits, under a name of ours. */
export function useRemembered<T>(name: string, initial: T): [T, (next: T) => void] {
  const key = `purser.${name}`
  const [value, setValue] = useState<T>(() => read(key) ?? initial)
  const remember = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // A browser that keeps nothing (private mode, full storage) still works, for this visit.
      }
    },
    [key],
  )
  return [value, remember]
}

function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as T | null
  } catch {
    return null
  }
}
