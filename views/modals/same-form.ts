import type { ModalView } from '@slack/types'
import { z } from 'zod'

const Blocks = z.array(z.looseObject({ type: z.string(), block_id: z.string().optional() }))
const SAID = new Set(['text', 'value', 'url', 'user_id'])

/** Whether a form asks for the same and says the same as the one that stands there, whatever is filled in. */
export function isSameForm(shown: unknown, { blocks }: ModalView): boolean {
  const standing = Blocks.safeParse(shown).data
  return standing !== undefined && contentOf(standing) === contentOf(Blocks.parse(blocks))
}

/** Its fields by their ids, and what stands between them; what Slack adds by itself is left out. */
const contentOf = (blocks: z.infer<typeof Blocks>): string =>
  JSON.stringify(blocks.map((block) => (block.type === 'input' ? [block.block_id] : saidIn(block))))

function saidIn(part: unknown): string[] {
  if (typeof part !== 'object' || part === null) return []
  return Object.entries(part).flatMap(([name, value]) =>
    typeof value === 'string' ? (SAID.has(name) ? [value] : []) : saidIn(value),
  )
}
