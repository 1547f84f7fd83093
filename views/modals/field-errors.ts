import { z } from 'zod'
import { cut } from '../limits.ts'

const InputBlocks = z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() }))

/**
 * Errors by field as `response_action: errors` wants them: by block id of the submitted view. What belongs to no input
 * stands at the first one, since Slack shows an error at an unknown block to nobody.
 */
export function fieldErrors(
  errors: Readonly<Record<string, string>>,
  view: { blocks: unknown; prefix?: string },
): Record<string, string> {
  const blocks = InputBlocks.safeParse(view.blocks).data ?? []
  const inputs = blocks.flatMap((block) => (block.type === 'input' && block.block_id ? [block.block_id] : []))
  const placed: Record<string, string> = {}
  for (const [field, message] of Object.entries(errors)) {
    const blockId = `${view.prefix ?? ''}${field.split('.', 1)[0] ?? ''}`
    const place = inputs.includes(blockId) ? blockId : inputs[0]
    if (place === undefined) continue
    const said = place === blockId ? message : `${field}: ${message}`
    placed[place] = cut(placed[place] === undefined ? said : `${placed[place]} · ${said}`, 500)
  }
  return placed
}
