import type { SectionBlock } from '@slack/types'
import { inOrder } from '../text/in-order.ts'
import { Text } from '../text/text.tsx'
import { Element } from './element.tsx'

/** A `section` block: text, fields in two columns, and one element beside them. */
export function Section({ block, blockId }: { block: SectionBlock; blockId: string }) {
  return (
    <div className="section">
      <div className="section-body">
        {block.text && (
          <div className="section-text">
            <Text text={block.text} />
          </div>
        )}
        {block.fields && (
          <div className="section-fields">
            {inOrder(block.fields, (field) => (
              <div>
                <Text text={field} />
              </div>
            ))}
          </div>
        )}
      </div>
      {block.accessory && (
        <div className="section-accessory">
          <Element element={block.accessory} place={{ blockId, mode: 'act' }} />
        </div>
      )}
    </div>
  )
}
