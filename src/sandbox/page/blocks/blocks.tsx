import type { ContextBlock, KnownBlock } from '@slack/types'
import { memo, type ReactNode } from 'react'
import { inOrder } from '../text/in-order.ts'
import { RichText } from '../text/rich-text.tsx'
import { Markdown, Plain, plainText, Text } from '../text/text.tsx'
import { Element } from './element.tsx'
import { blockIdOf } from './field-values.ts'
import { ImageBox } from './image-box.tsx'
import { Input } from './input-block.tsx'
import { Section } from './section-block.tsx'
import { BlockTable } from './table-block.tsx'
import { Alert, Container, Plan, TaskCard } from './wrapping-blocks.tsx'

/** Draws the blocks of a message, a modal or the Home tab. The sandbox has checked them before it stored them. */
export const Blocks = memo(function Blocks({ blocks }: { blocks: readonly unknown[] }): ReactNode {
  return inOrder(blocks as KnownBlock[], (block, index) => {
    const blockId = blockIdOf(block, index)
    return (
      <div key={blockId} className={`block block-${block.type}`} data-block-id={blockId} data-block-type={block.type}>
        <One block={block} blockId={blockId} />
      </div>
    )
  })
})

function One({ block, blockId }: { block: KnownBlock; blockId: string }): ReactNode {
  switch (block.type) {
    case 'section':
      return <Section block={block} blockId={blockId} />
    case 'header':
      return (
        <h3>
          <Plain text={block.text} />
        </h3>
      )
    case 'context':
      return <Context block={block} />
    case 'divider':
      return <hr />
    case 'actions':
      return inOrder(block.elements, (element) => <Element element={element} place={{ blockId, mode: 'act' }} />)
    case 'input':
      return <Input block={block} blockId={blockId} />
    case 'rich_text':
      return <RichText block={block} />
    case 'markdown':
      return <Markdown source={block.text} />
    case 'image':
      return <ImageBox alt={block.title ? plainText(block.title) : block.alt_text} size="block" />
    case 'table':
    case 'data_table':
      return <BlockTable block={block} />
    case 'alert':
      return <Alert block={block} />
    case 'container':
      return (
        <Container block={block}>
          <Blocks blocks={block.child_blocks} />
        </Container>
      )
    case 'task_card':
      return <TaskCard task={block} />
    case 'plan':
      return <Plan block={block} />
    case 'card':
    case 'carousel':
    case 'context_actions':
    case 'file':
    case 'video':
      return <div className="unknown-block">A “{block.type}” block, which this page does not draw.</div>
  }
}

function Context({ block }: { block: ContextBlock }) {
  return inOrder(block.elements, (element) =>
    element.type === 'image' ? (
      <ImageBox alt={element.alt_text} size="inline" />
    ) : (
      <span className="context-text">
        <Text text={element} />
      </span>
    ),
  )
}
