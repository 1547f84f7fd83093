const REMEMBERED = 5_000

/** The same few hundred names come with every call: what is made of them is made once. */
export function remembering<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>()
  return (name) => {
    const known = made.get(name)
    if (known !== undefined) return known
    if (made.size >= REMEMBERED) made.clear()
    const fresh = make(name)
    made.set(name, fresh)
    return fresh
  }
}
