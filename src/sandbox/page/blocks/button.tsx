import type { Button, WorkflowButton } from '@slack/types'
import { Plain } from '../text/text.tsx'
import { usePress } from './surface.tsx'

/** A button of a message, a modal or the Home tab. */
export function BlockButton({ element, blockId }: { element: Button; blockId: string }) {
  const { busy, press } = usePress(blockId, element)
  const click = async () => {
    const pressed = await press(element.value === undefined ? {} : { value: element.value })
    if (pressed && element.url) window.open(element.url, '_blank', 'noopener,noreferrer')
  }
  return (
    <button
      type="button"
      className={`button ${element.style ?? ''}`}
      aria-label={element.accessibility_label}
      aria-busy={busy || undefined}
      data-block-id={blockId}
      data-action-id={element.action_id}
      data-value={element.value}
      onClick={() => void click()}
    >
      <Plain text={element.text} />
      {element.url && <span aria-hidden="true">↗</span>}
    </button>
  )
}

/** A button that only Slack itself could follow. */
export function InertButton({ element }: { element: WorkflowButton }) {
  return (
    <button type="button" className="button" disabled title="Not available in the sandbox">
      <Plain text={element.text} />
    </button>
  )
}
