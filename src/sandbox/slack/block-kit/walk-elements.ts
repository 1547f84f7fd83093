import { isObject } from './checks.ts'

/** An element that a person can act on, with its place inside its block. */
export interface PlacedElement {
  element: Record<string, unknown>
  pointer: string
}

/** The interactive elements of a block, in the order in which they stand. */
export function walkElements(block: Record<string, unknown>): PlacedElement[] {
  const found: PlacedElement[] = []
  const add = (value: unknown, pointer: string) => {
    if (isObject(value)) found.push({ element: value, pointer })
  }
  const addAll = (value: unknown, pointer: string) => {
    if (Array.isArray(value)) {
      value.forEach((each, index) => {
        add(each, `${pointer}/${index}`)
      })
    }
  }
  if (block.type === 'section') add(block.accessory, '/accessory')
  if (block.type === 'input') add(block.element, '/element')
  if (block.type === 'actions' || block.type === 'context_actions') addAll(block.elements, '/elements')
  if (block.type === 'card') addAll(block.actions, '/actions')
  if (block.type === 'carousel' && Array.isArray(block.elements)) {
    block.elements.filter(isObject).forEach((card, index) => {
      addAll(card.actions, `/elements/${index}/actions`)
    })
  }
  if (block.type === 'container' && Array.isArray(block.child_blocks)) {
    block.child_blocks.filter(isObject).forEach((child, index) => {
      for (const inner of walkElements(child)) {
        found.push({ element: inner.element, pointer: `/child_blocks/${index}${inner.pointer}` })
      }
    })
  }
  return found
}
