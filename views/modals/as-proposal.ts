import type { KnownBlock, ModalView } from '@slack/types'
import { plain } from '../blocks.ts'
import { limits } from '../limits.ts'
import { paragraph } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

/** A window about a decision for which the rules ask for a second person: it says so, and its button only proposes. */
export function asProposal(view: ModalView): ModalView {
  const at = view.blocks.findIndex(({ type }) => type === 'input')
  const before = at < 0 ? view.blocks.length : at
  const says: KnownBlock = paragraph(texts.windows.secondPerson)
  return {
    ...view,
    blocks: [...view.blocks.slice(0, before), says, ...view.blocks.slice(before)].slice(0, limits.viewBlocks),
    submit: plain(texts.windows.propose, limits.viewTitle),
  }
}
