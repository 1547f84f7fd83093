import { useState } from 'react'
import type { SandboxState } from '../../state.ts'
import { useControl } from '../live/use-control.ts'

/** The Purser process itself: whether it answers, and the buttons to kill and to start it. */
export function PurserProcess({ purser }: { purser: SandboxState['purser'] }) {
  const send = useControl()
  const [busy, setBusy] = useState(false)
  const order = async (action: 'kill' | 'start') => {
    setBusy(true)
    await send('purser', { action })
    setBusy(false)
  }
  const running = purser.reachable
  return (
    <section
      className={`process ${running ? '' : 'stopped'}`}
      aria-label="The Purser process"
      data-testid="purser-process"
    >
      <span className="health" aria-hidden="true" />
      <span className="service-name">
        <strong>Purser</strong>
        <small data-testid="purser-status">
          {running ? 'Running' : 'Stopped'}
          {running && purser.pid !== null && ` · process ${purser.pid}`}
        </small>
      </span>
      {running ? (
        <button
          type="button"
          className="button danger small"
          aria-busy={busy || undefined}
          data-testid="purser-kill"
          onClick={() => void order('kill')}
        >
          <span>Kill -9</span>
        </button>
      ) : (
        <button
          type="button"
          className="button primary small"
          aria-busy={busy || undefined}
          data-testid="purser-start"
          onClick={() => void order('start')}
        >
          <span>Start</span>
        </button>
      )}
    </section>
  )
}
