import { ControlMistake } from '../../control/mistake.ts'
import { isObject } from '../block-kit/checks.ts'
import { optionsOf } from '../block-kit/elements.ts'
import { walkElements } from '../block-kit/walk-elements.ts'

/** An element that was clicked. */
export interface Clicked {
  blockId: string
  element: Record<string, unknown>
}

interface Wanted {
  actionId: string
  blockId: string | null
  /** The button's value or the option chosen; it also tells apart buttons of the same action. */
  value: string | null
}

/** The element that a script means; says what there is when it means none, or more than one. */
export function findAction(blocks: unknown, wanted: Wanted): Clicked {
  const all = elementsIn(blocks)
  const called = all.filter(({ element }) => element.action_id === wanted.actionId)
  // A block without an id of its own gets another one when it is drawn again: whoever pressed just before means the same.
  const isRedrawn = wanted.value !== null && !all.some(({ blockId }) => blockId === wanted.blockId)
  const named =
    wanted.blockId === null || isRedrawn ? called : called.filter(({ blockId }) => blockId === wanted.blockId)
  const [first, second] = wanted.value === null ? named : preferring(named, wanted.value)
  if (!first) {
    const there = all.map(({ blockId, element }) => `${blockId}/${String(element.action_id)}`).join(', ')
    const value = wanted.value === null ? '' : ` with the value "${wanted.value}"`
    const hint = `No element ${wanted.actionId}${value} here. There are: ${there || 'none'}.`
    throw new ControlMistake({ status: 404, code: 'action_not_found', hint })
  }
  if (second) {
    const blockIds = named.map(({ blockId }) => blockId).join(', ')
    const hint = `${wanted.actionId} occurs more than once: give block_id (${blockIds}) or value.`
    throw new ControlMistake({ status: 409, code: 'ambiguous_action', hint })
  }
  return first
}

function elementsIn(blocks: unknown): Clicked[] {
  if (!Array.isArray(blocks)) return []
  return blocks
    .filter(isObject)
    .flatMap((block) => walkElements(block).map(({ element }) => ({ blockId: String(block.block_id), element })))
}

/** Buttons must have the value; of menus, those that offer it come first. */
function preferring(named: Clicked[], value: string): Clicked[] {
  const holds = ({ element }: Clicked) =>
    element.type === 'button' ? element.value === value : optionsOf(element).some((option) => option.value === value)
  const exact = named.filter(holds)
  return exact.length > 0 ? exact : named.filter(({ element }) => element.type !== 'button')
}
