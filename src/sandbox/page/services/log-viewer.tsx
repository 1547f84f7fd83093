import { useRef, useState } from 'react'
import type { SandboxService } from '../../state.ts'
import { useFocusTrap } from '../modal/focus-trap.ts'
import { Icon } from '../shell/icon.tsx'
import { type Log, type LogRow, useLog } from './use-log.ts'

const shownAtMost = 300

/** What one service received, and what it did. */
export function LogViewer({ service, onClose }: { service: SandboxService; onClose: () => void }) {
  const log = useLog(service)
  const box = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<keyof Log>('requests')
  useFocusTrap(box, onClose)

  const rows = log?.[tab].slice(-shownAtMost).reverse() ?? []
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
          <button type="button" className="icon-button" aria-label="Close" data-testid="log-close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <Tabs log={log} tab={tab} onTab={setTab} />
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

interface TabsProps {
  log: Log | null
  tab: keyof Log
  onTab: (tab: keyof Log) => void
}

function Tabs({ log, tab, onTab }: TabsProps) {
  return (
    <div className="tabs" role="tablist">
      {(['requests', 'effects'] as const).map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={tab === name}
          className="tab"
          data-testid={`log-${name}`}
          onClick={() => onTab(name)}
        >
          {name === 'requests' ? 'Requests received' : 'Effects done'} <b>{log?.[name].length ?? 0}</b>
        </button>
      ))}
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

function timeOf(at: LogRow['at']): string {
  const date = new Date(at ?? Number.NaN)
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString('en-GB', { hour12: false })
}
