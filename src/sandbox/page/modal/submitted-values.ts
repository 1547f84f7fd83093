import type { KnownBlock, ModalView } from '@slack/types'
import {
  type AnyElement,
  blockIdOf,
  type FieldValue,
  type FieldValues,
  fieldKey,
  initialValue,
} from '../blocks/field-values.ts'

const holdNothing = new Set(['button', 'workflow_button', 'overflow', 'rich_text_input'])

type Submitted = Record<string, FieldValue | Record<string, FieldValue>>

/** What a submission carries: plain values by block id, also the emptied ones; by action id where a block has several. */
export function submittedValues(view: ModalView, values: FieldValues): Submitted {
  const submitted: Submitted = {}
  for (const [index, block] of (view.blocks as KnownBlock[]).entries()) {
    const blockId = blockIdOf(block, index)
    const held = elementsOf(block)
      .filter((element) => !holdNothing.has(element.type))
      .map((element) => [element.action_id ?? '', heldBy(element, values[fieldKey(blockId, element)])] as const)
    const [first] = held
    if (first) submitted[blockId] = held.length === 1 ? first[1] : Object.fromEntries(held)
  }
  return submitted
}

function elementsOf(block: KnownBlock): AnyElement[] {
  if (block.type === 'input') return [block.element]
  if (block.type === 'actions') return block.elements
  const accessory = block.type === 'section' ? block.accessory : undefined
  return accessory && accessory.type !== 'image' ? [accessory] : []
}

function heldBy(element: AnyElement, typed: FieldValue | undefined): FieldValue {
  return typed === undefined ? initialValue(element) : typed
}
