import { createElement, Fragment, type ReactNode } from 'react'

/** Draws items that have no identity but their place, such as the pieces of a text. */
export function inOrder<T>(items: readonly T[], draw: (item: T, index: number) => ReactNode): ReactNode {
  return createElement(Fragment, null, ...items.map(draw))
}
