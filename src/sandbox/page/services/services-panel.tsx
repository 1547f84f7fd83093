import type { ReactNode } from 'react'
import type { SandboxState } from '../../state.ts'
import { Icon } from '../shell/icon.tsx'
import { Presets } from './presets.tsx'
import { PurserProcess } from './purser-process.tsx'
import { SecondPath } from './second-path.tsx'
import { ServiceRow } from './service-row.tsx'
import { WebhookForm } from './webhook-form.tsx'

interface Props {
  state: SandboxState
  onLog: (service: string) => void
  onClose: () => void
  /** The guide, above the services. */
  children: ReactNode
}

/** The world outside Purser: its process, and the services that may be broken here. */
export function ServicesPanel({ state, onLog, onClose, children }: Props) {
  return (
    <aside className="side services" aria-label="Services" data-testid="services-panel">
      <header className="side-head">
        <h2>Behind the scenes</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="Close the panel"
          data-testid="services-close"
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      <div className="side-body">
        {children}
        <h3 className="side-title">The process</h3>
        <PurserProcess purser={state.purser} />
        <h3 className="side-title">Services</h3>
        <Presets />
        <ul className="service-list">
          {state.services.map((service) => (
            <ServiceRow key={service.name} service={service} onLog={onLog} />
          ))}
        </ul>
        <h3 className="side-title">From other systems</h3>
        <WebhookForm />
        <h3 className="side-title">Alerts beside Slack</h3>
        <SecondPath mails={state.mails} incidents={state.incidents} />
      </div>
    </aside>
  )
}
