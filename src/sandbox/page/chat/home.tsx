import { useCallback, useEffect } from 'react'
import type { SandboxView } from '../../state.ts'
import { Blocks } from '../blocks/blocks.tsx'
import { ActingSurface, type BlockAction } from '../blocks/surface.tsx'
import { useControl } from '../live/use-control.ts'

/** Purser's Home tab as published for one account. */
export function Home({ me, home }: { me: string; home: SandboxView | undefined }) {
  const send = useControl()
  useEffect(() => {
    void send('open-home', { user: me })
  }, [send, me])

  const viewId = home?.id ?? ''
  const act = useCallback(
    async ({ blockId, actionId, ...what }: BlockAction) => {
      await send('click', { user: me, view_id: viewId, block_id: blockId, action_id: actionId, ...what })
    },
    [send, me, viewId],
  )
  const blocks = Array.isArray(home?.view.blocks) ? home.view.blocks : []
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by the keyboard.
    <section className="home" aria-label="Purser's Home" data-testid="home" tabIndex={0}>
      <div className="home-content">
        {home ? (
          <ActingSurface act={act}>
            <Blocks blocks={blocks} />
          </ActingSurface>
        ) : (
          <div className="empty">
            <h3>No Home yet</h3>
            <p>Purser publishes it as soon as it has heard that you opened this tab.</p>
          </div>
        )}
      </div>
    </section>
  )
}
