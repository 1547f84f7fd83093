import { useId, useState } from 'react'
import type { ActiveFault, SandboxService } from '../../state.ts'
import { useControl } from '../live/use-control.ts'
import { FaultForm } from './fault-form.tsx'
import { faultExtent, faultLabel } from './fault-kinds.ts'

/** One service: its health, what it received and did, and the controls to break it. */
export function ServiceRow({ service, onLog }: { service: SandboxService; onLog: (name: string) => void }) {
  const [open, setOpen] = useState(false)
  const bodyId = useId()
  const send = useControl()
  const broken = service.faults[0]
  const clear = () => void send(`faults?service=${encodeURIComponent(service.name)}`, undefined, 'DELETE')
  return (
    <li className={`service ${broken ? 'broken' : ''}`} data-testid={`service-${service.name}`}>
      <button
        type="button"
        className="service-head"
        aria-expanded={open}
        aria-controls={bodyId}
        data-testid={`service-toggle-${service.name}`}
        onClick={() => setOpen(!open)}
      >
        <span className="health" aria-hidden="true" />
        <span className="service-name">
          <strong>{service.title}</strong>
          <small data-testid={`service-health-${service.name}`}>{broken ? faultLabel(broken.kind) : 'Healthy'}</small>
        </span>
        <Counter count={service.requests} word="requests" />
        <Counter count={service.effects} word="effects" />
        <span className="chevron" aria-hidden="true" />
      </button>
      {service.faults.length > 0 && (
        <ul className="active-faults">
          {service.faults.map((fault) => (
            <ActiveRow key={fault.id} fault={fault} />
          ))}
          <li>
            <button type="button" className="button small" data-testid={`fault-clear-${service.name}`} onClick={clear}>
              Mend it
            </button>
          </li>
        </ul>
      )}
      {open && (
        <div className="service-body" id={bodyId}>
          <FaultForm service={service.name} />
          <button
            type="button"
            className="link-button"
            data-testid={`service-log-${service.name}`}
            onClick={() => onLog(service.name)}
          >
            See its requests and effects
          </button>
        </div>
      )}
    </li>
  )
}

function Counter({ count, word }: { count: number; word: string }) {
  return (
    <span className="counter">
      <b>{count.toLocaleString('en')}</b>
      <small>{word}</small>
    </span>
  )
}

function ActiveRow({ fault }: { fault: ActiveFault }) {
  return (
    <li data-testid="active-fault">
      <span>{faultLabel(fault.kind)}</span>
      {fault.match && <code>{fault.match}</code>}
      <span className="fired">struck {faultExtent(fault)}</span>
    </li>
  )
}
