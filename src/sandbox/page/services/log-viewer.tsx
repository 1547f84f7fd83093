import { useCallback, useEffect, useRef, useState } from 'react'
import type { SandboxService } from '../../state.ts'
import { useControl } from '../live/use-control.ts'
import { useFocusTrap } from '../modal/focus-trap.ts'
import { Icon } from '../shell/icon.tsx'

interface LogRow {
  id?: string | number
  at?: string | number
  method?: string
  path?: string
  status?: number | null
  fault?: string | { kind?: string } | null
  kind?: string
  key?: string
}

interface Log {
  requests: LogRow[]
  effects: LogRow[]
}

const shownAtMost = 300

/** What one service received, and what it did. Read anew whenever its counters move. */
export function LogViewer({ service, onClose }: { service: SandboxService; onClose: () => void }) {
  const send = useControl()
  const box = useRef<HTMLDivElement>(null)
  const [log, setLog] = useState<Log | null>(null)
  const [tab, setTab] = useState<keyof Log>('requests')
  const close = useCallback(() => onClose(), [onClose])
  useFocusTrap(box, close)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the counters say that there is more to read.
  useEffect(() => {
    let current = true
    void send(`services/${encodeURIComponent(service.name)}/log`, undefined, 'GET').then((answer) => {
      if (answer && current) setLog({ requests: rowsOf(answer.requests), effects: rowsOf(answer.effects) })
    })
    return () => {
      current = false
    }
  }, [send, service.name, service.requests, service.effects])

  const rows = log?.[tab].slice(-shownAtMost).reverse() ?? []
  const tabs = (['requests', 'effects'] as const).map((name) => (
    <button
      key={name}
      type="button"
      role="tab"
      aria-selected={tab === name}
      className="tab"
      data-testid={`log-${name}`}
      onClick={() => setTab(name)}
    >
      {name === 'requests' ? 'Requests received' : 'Effects done'} <b>{log?.[name].length ?? 0}</b>
    </button>
  ))
  return (
    <div className="backdrop">
      <div
        ref={box}
        className="dialog log"
        role="dialog"
        aria-modal="true"
        aria-label={`The log of ${service.title}`}
        tabIndex={-1}
        data-testid="log"
      >
        <header className="modal-head">
          <h2>{service.title}</h2>
          <button type="button" className="icon-button" aria-label="Close" data-testid="log-close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="tabs" role="tablist">
          {tabs}
        </div>
        <ol className="log-rows" reversed>
          {rows.map((row, index) => (
            <Row key={row.id ?? index} row={row} />
          ))}
          {log && rows.length === 0 && <li className="empty">Nothing yet.</li>}
        </ol>
      </div>
    </div>
  )
}

function Row({ row }: { row: LogRow }) {
  const [open, setOpen] = useState(false)
  const fault = typeof row.fault === 'string' ? row.fault : row.fault?.kind
  const failed = fault !== undefined || (row.status ?? 0) >= 400
  return (
    <li className={failed ? 'failed' : ''}>
      <button type="button" className="log-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <time>{timeOf(row.at)}</time>
        <span className="log-what">
          {row.method ? (
            <>
              <b>{row.method}</b> {row.path}
            </>
          ) : (
            <>
              <b>{row.kind}</b> {row.key}
            </>
          )}
        </span>
        {fault && <span className="log-fault">{fault}</span>}
        {row.method && <span className="log-status">{row.status || 'no answer'}</span>}
      </button>
      {open && <pre>{JSON.stringify(row, null, 2)}</pre>}
    </li>
  )
}

function rowsOf(value: unknown): LogRow[] {
  return Array.isArray(value) ? (value as LogRow[]) : []
}

function timeOf(at: LogRow['at']): string {
  const date = new Date(at ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString('en-GB', { hour12: false })
}
