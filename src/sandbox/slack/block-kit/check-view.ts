import { checkBlocks } from './check-blocks.ts'
import {
  boolean,
  byType,
  type Fields,
  fail,
  isObject,
  object,
  optional,
  type Problem,
  required,
  string,
} from './checks.ts'
import { plainText } from './objects.ts'

const VIEW_BYTES = 250_000

const base: Fields = {
  type: required(string()),
  blocks: required(() => undefined),
  private_metadata: optional(string({ max: 3000 })),
  callback_id: optional(string({ max: 255 })),
  external_id: optional(string({ max: 255 })),
}

const view = byType({
  home: object(base),
  modal: object({
    ...base,
    title: required(plainText(24)),
    submit: optional(plainText(24)),
    close: optional(plainText(24)),
    clear_on_close: optional(boolean),
    notify_on_close: optional(boolean),
  }),
})

/** What Slack would refuse in this modal or App Home; pointers start at the view. */
export function checkView(value: unknown): Problem[] {
  const found: Problem[] = []
  view(value, '', found)
  if (!isObject(value)) return found
  if (value.blocks !== undefined) {
    const surface = value.type === 'home' ? 'home' : 'modal'
    for (const problem of checkBlocks(value.blocks, surface)) {
      found.push({ ...problem, pointer: `/blocks${problem.pointer}` })
    }
  }
  if (value.type === 'modal' && value.submit === undefined && hasInput(value.blocks)) {
    fail(found, '/submit', 'submit is required when an input block is within the blocks')
  }
  if (Buffer.byteLength(JSON.stringify(value)) > VIEW_BYTES) {
    found.push({ code: 'view_too_large', message: `must be at most ${VIEW_BYTES} bytes`, pointer: '' })
  }
  return found
}

function hasInput(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.some((block) => isObject(block) && block.type === 'input')
}
