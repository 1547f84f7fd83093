import type { InputBlock } from '@slack/types'
import { useId } from 'react'
import { Plain } from '../text/text.tsx'
import { Element } from './element.tsx'
import { useFieldError } from './surface.tsx'

/** A labelled field with its hint and, after a refused submission, its error. */
export function Input({ block, blockId }: { block: InputBlock; blockId: string }) {
  const id = useId()
  const error = useFieldError(blockId)
  const described = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className={`input-block ${error ? 'has-error' : ''}`} data-testid={`input-${blockId}`}>
      <div className="input-label" id={`${id}-label`}>
        <Plain text={block.label} />
        {block.optional && <span className="optional"> (optional)</span>}
      </div>
      <Element
        element={block.element}
        place={{
          blockId,
          mode: block.dispatch_action ? 'act' : 'keep',
          labelledBy: `${id}-label`,
          describedBy: described || undefined,
          invalid: error !== undefined,
          required: !block.optional,
        }}
      />
      {error && (
        <div className="field-error" id={`${id}-error`} role="alert" data-testid={`error-${blockId}`}>
          {error}
        </div>
      )}
      {block.hint && (
        <div className="field-hint" id={`${id}-hint`}>
          <Plain text={block.hint} />
        </div>
      )}
    </div>
  )
}
