import { messageBlock, viewBlock } from './blocks.ts'
import { fail, isObject, list, type Problem } from './checks.ts'
import { walkElements } from './walk-elements.ts'

export type Surface = 'message' | 'modal' | 'home'

/** Undocumented: over all blocks of a message Slack takes about so many characters. */
const MESSAGE_CHARACTERS = 13_200

/** What Slack would refuse in these blocks; pointers start at the list of blocks. */
export function checkBlocks(blocks: unknown, surface: Surface): Problem[] {
  const found: Problem[] = []
  const max = surface === 'message' ? 50 : 100
  list(surface === 'message' ? messageBlock : viewBlock, { max })(blocks, '', found)
  if (!Array.isArray(blocks)) return found
  checkIds(blocks, found)
  checkFocus(blocks, surface, found)
  if (surface === 'message') checkMessage(blocks, found)
  return found
}

function checkIds(blocks: unknown[], found: Problem[]): void {
  const blockIds = new Set<unknown>()
  blocks.forEach((block, index) => {
    if (!isObject(block)) return
    const blockId = typeof block.block_id === 'string' ? block.block_id : null
    if (blockId !== null && blockIds.has(blockId)) {
      fail(found, `/${index}/block_id`, `\`block_id\` "${blockId}" already exists`)
    }
    blockIds.add(blockId)
    const actionIds = new Set<unknown>()
    for (const { element, pointer } of walkElements(block)) {
      if (typeof element.action_id !== 'string') continue
      if (actionIds.has(element.action_id)) {
        fail(found, `/${index}${pointer}/action_id`, `\`action_id\` "${element.action_id}" already exists`)
      }
      actionIds.add(element.action_id)
    }
  })
}

function checkFocus(blocks: unknown[], surface: Surface, found: Problem[]): void {
  const focused = blocks.flatMap((block, index) =>
    isObject(block)
      ? walkElements(block)
          .filter(({ element }) => element.focus_on_load === true)
          .map(({ pointer }) => `/${index}${pointer}/focus_on_load`)
      : [],
  )
  for (const pointer of focused.slice(surface === 'message' ? 0 : 1)) {
    fail(found, pointer, 'focus_on_load may be set on one element of a view')
  }
}

function checkMessage(blocks: unknown[], found: Problem[]): void {
  blocks.forEach((block, index) => {
    if (!isObject(block)) return
    const asksForFile = walkElements(block).some(({ element }) => element.type === 'file_input')
    if (asksForFile) fail(found, `/${index}/element/type`, 'unsupported type: file_input')
  })
  const tables = blocks.flatMap((block, index) => (isObject(block) && block.type === 'table' ? [index] : []))
  if (tables.length > 1) {
    found.push({ code: 'only_one_table_allowed', message: 'only one table allowed', pointer: `/${tables[1]}` })
  }
  if (charactersIn(blocks) > MESSAGE_CHARACTERS) {
    found.push({
      code: 'msg_blocks_too_long',
      message: `must be less than ${MESSAGE_CHARACTERS + 1} characters over all blocks`,
      pointer: '',
    })
  }
}

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + charactersIn(each), 0)
  if (!isObject(value)) return 0
  let sum = 0
  for (const [key, each] of Object.entries(value)) {
    if (typeof each !== 'string') sum += charactersIn(each)
    else if (key === 'text' || key === 'alt_text' || key === 'title') sum += each.length
  }
  return sum
}
