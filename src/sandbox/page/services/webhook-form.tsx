import { type FormEvent, useId, useState } from 'react'
import { useControl } from '../live/use-control.ts'

const example = JSON.stringify(
  {
    type: 'person.hired',
    data: {
      name: 'Hanna Hook',
      workEmail: 'hanna.hook@acme.example',
      role: 'engineer',
      team: 'Platform',
      manager: 'U0MONA0000',
      startDate: '2026-12-01',
      employmentType: 'employee',
    },
  },
  null,
  2,
)

const signatures = ['standard-webhooks', 'stripe', 'github'] as const

interface Draft {
  source: string
  signature: string
  body: string
  forged: boolean
}

const first: Draft = { source: 'hr-platform', signature: 'standard-webhooks', body: example, forged: false }

/** Sends something to one of Purser's hooks as another system does, signed, and shows what it answered. */
export function WebhookForm() {
  const [open, setOpen] = useState(false)
  return (
    <div className="service">
      <button
        type="button"
        className="service-head"
        aria-expanded={open}
        data-testid="webhook-toggle"
        onClick={() => setOpen(!open)}
      >
        <span className="service-name">
          <strong>Send a webhook</strong>
          <small>As another system does, signed</small>
        </span>
        <span className="chevron" aria-hidden="true" />
      </button>
      {open && <Form />}
    </div>
  )
}

function Form() {
  const send = useControl()
  const [draft, setDraft] = useState(first)
  const [answer, setAnswer] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAnswer(answerOf(await send('webhook', draft)))
  }
  return (
    <form className="fault-form service-body" onSubmit={(event) => void submit(event)}>
      <Fields draft={draft} change={(part) => setDraft({ ...draft, ...part })} />
      <button type="submit" className="button primary" data-testid="webhook-send">
        Send it
      </button>
      {answer !== null && (
        <pre className="webhook-answer" role="status" data-testid="webhook-answer">
          {answer}
        </pre>
      )}
    </form>
  )
}

function Fields({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const id = useId()
  const named = (name: keyof Draft) => ({ id: `${id}-${name}`, 'data-testid': `webhook-${name}` })
  return (
    <>
      <label htmlFor={`${id}-source`}>To the hook</label>
      <input
        {...named('source')}
        className="field"
        value={draft.source}
        onChange={(event) => change({ source: event.target.value })}
      />
      <label htmlFor={`${id}-signature`}>Signed as</label>
      <span className="select">
        <select
          {...named('signature')}
          value={draft.signature}
          onChange={(event) => change({ signature: event.target.value })}
        >
          {signatures.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </span>
      <label htmlFor={`${id}-body`}>What it says</label>
      <textarea
        {...named('body')}
        className="field webhook-body"
        rows={8}
        spellCheck={false}
        value={draft.body}
        onChange={(event) => change({ body: event.target.value })}
      />
      <span className="choice">
        <input
          {...named('forged')}
          type="checkbox"
          checked={draft.forged}
          onChange={(event) => change({ forged: event.target.checked })}
        />
        <label htmlFor={`${id}-forged`}>With a forged signature</label>
      </span>
    </>
  )
}

function answerOf(sent: Record<string, unknown> | null): string | null {
  if (sent === null) return null
  const { answered, ms, answer } = sent as { answered: number | null; ms: number; answer: string }
  return answered === null ? 'No answer.' : `${answered} after ${ms} ms\n${answer}`
}
