/** Lets those who look for the same thing take turns, so that two runs cannot both find nothing and both make it. */
export interface Claims {
  hold<T>(key: string, work: () => Promise<T>): Promise<T>
}

export function createClaims(): Claims {
  const last = new Map<string, Promise<unknown>>()
  return {
    hold(key, work) {
      const before = last.get(key) ?? Promise.resolve()
      const mine = before.then(work, work)
      last.set(key, mine)
      const leave = (): void => {
        if (last.get(key) === mine) last.delete(key)
      }
      mine.then(leave, leave)
      return mine
    },
  }
}
