import { type ReactNode, useState } from 'react'
import type { SandboxIncident, SandboxMail } from '../../state.ts'
import { Words } from '../text/inline.tsx'

/** What reached people beside Slack: e-mails, and what PagerDuty was told. */
export function SecondPath({ mails, incidents }: { mails: SandboxMail[]; incidents: SandboxIncident[] }) {
  return (
    <div className="second-path">
      <Part title="E-mail" count={mails.length} name="mails" none="None was sent.">
        {mails.toReversed().map((mail) => (
          <Row key={`${mail.at} ${mail.subject}`} at={mail.at} says={mail.subject} name="mail">
            {`To: ${mail.to.join(', ')}\n\n${mail.text}`}
          </Row>
        ))}
      </Part>
      <Part title="PagerDuty incidents" count={incidents.length} name="incidents" none="Nobody was called.">
        {incidents.toReversed().map((incident) => (
          <Row
            key={`${incident.at} ${incident.key}`}
            at={incident.at}
            says={incident.summary}
            word={incident.status}
            name="incident"
          >
            {detailsOf(incident)}
          </Row>
        ))}
      </Part>
    </div>
  )
}

interface PartProps {
  title: string
  count: number
  name: string
  none: string
  children: ReactNode
}

function Part({ title, count, name, none, children }: PartProps) {
  return (
    <section className="told" data-testid={name}>
      <h4>
        {title} <b>{count}</b>
      </h4>
      {count === 0 ? <p>{none}</p> : <ol>{children}</ol>}
    </section>
  )
}

interface RowProps {
  at: number
  says: string
  /** How it stands. */
  word?: string
  name: string
  children: string
}

function Row({ at, says, word, name, children }: RowProps) {
  const [open, setOpen] = useState(false)
  return (
    <li data-testid={name}>
      <button type="button" className="told-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <time>{new Date(at).toLocaleTimeString('en-GB', { hour12: false })}</time>
        <span>{says}</span>
        {word && <span className={`told-word told-${word}`}>{word}</span>}
      </button>
      {open && (
        <pre>
          <Words text={children} names={false} />
        </pre>
      )}
    </li>
  )
}

function detailsOf({ key, severity, events, details }: SandboxIncident): string {
  const facts = [`${severity}, ${events === 1 ? '1 event' : `${events} events`} under the key`, key, '']
  const told = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`)
  return [...facts, ...told].join('\n')
}
