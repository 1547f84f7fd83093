/** Of many the first, as far as they are opened to be shown, and how many there are. */
export interface SomeOf<T> {
  first: readonly T[]
  count: number
}

/** All of them, where that is all there are. */
export const allOf = <T>(all: readonly T[]): SomeOf<T> => ({ first: all, count: all.length })
