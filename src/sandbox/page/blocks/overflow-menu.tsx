import type { Overflow, PlainTextOption } from '@slack/types'
import { Plain } from '../text/text.tsx'
import { usePress } from './surface.tsx'
import { useMenu } from './use-menu.ts'

/** The "…" menu. */
export function OverflowMenu({ element, blockId }: { element: Overflow; blockId: string }) {
  const { busy, press } = usePress(blockId, element)
  const menu = useMenu('[role=menuitem]')
  const choose = async (option: PlainTextOption) => {
    menu.setOpen(false)
    const pressed = await press({ selected: option.value ?? '' })
    if (pressed && option.url) window.open(option.url, '_blank', 'noopener,noreferrer')
  }
  return (
    <div className="menu-anchor" ref={menu.root}>
      <button
        type="button"
        className="button overflow"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={menu.open}
        aria-busy={busy || undefined}
        data-block-id={blockId}
        data-action-id={element.action_id}
        onClick={() => menu.setOpen(!menu.open)}
      >
        <span aria-hidden="true">•••</span>
      </button>
      {menu.open && (
        <div className="menu" role="menu">
          {element.options.map((option) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              tabIndex={-1}
              data-value={option.value}
              onClick={() => void choose(option)}
            >
              <Plain text={option.text} />
              {option.description && (
                <small>
                  <Plain text={option.description} />
                </small>
              )}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
