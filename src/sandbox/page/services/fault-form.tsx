import { type FormEvent, useId } from 'react'
import type { FaultKind } from '../../state.ts'
import { useControl } from '../live/use-control.ts'
import { faultKinds } from './fault-kinds.ts'
import { type Draft, type Extent, tellsWhen, useFaultOrder } from './use-fault-order.ts'

/** Orders a fault of one service. */
export function FaultForm({ service }: { service: string }) {
  const send = useControl()
  const id = useId()
  const { draft, change, order } = useFaultOrder(service)
  const name = (field: string) => ({ id: `${id}-${field}`, 'data-testid': `fault-${field}-${service}` })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void send('faults', order())
  }

  return (
    <form className="fault-form" onSubmit={submit}>
      <label htmlFor={`${id}-kind`}>What goes wrong</label>
      <span className="select">
        <select
          {...name('kind')}
          value={draft.kind}
          onChange={(event) => change({ kind: event.target.value as FaultKind })}
        >
          {faultKinds.map((each) => (
            <option key={each.kind} value={each.kind}>
              {each.label}
            </option>
          ))}
        </select>
      </span>
      <p className="fault-what">{faultKinds.find((each) => each.kind === draft.kind)?.what}</p>
      <label htmlFor={`${id}-${draft.extent === 'cleared' ? 'extent' : 'amount'}`}>For</label>
      <ExtentFields name={name} draft={draft} change={change} />
      {tellsWhen(draft.kind) && (
        <>
          <label htmlFor={`${id}-retry-after`}>Retry-After, in seconds (optional)</label>
          <input
            {...name('retry-after')}
            className="field"
            type="number"
            min="0"
            value={draft.retryAfter}
            onChange={(event) => change({ retryAfter: event.target.value })}
          />
        </>
      )}
      <label htmlFor={`${id}-match`}>Only requests with (optional)</label>
      <input
        {...name('match')}
        className="field"
        type="text"
        placeholder="POST /…"
        value={draft.match}
        onChange={(event) => change({ match: event.target.value })}
      />
      <button type="submit" className="button danger" data-testid={`fault-order-${service}`}>
        <span>Break it</span>
      </button>
    </form>
  )
}

interface ExtentProps {
  name: (field: string) => object
  draft: Draft
  change: (part: Partial<Draft>) => void
}

function ExtentFields({ name, draft, change }: ExtentProps) {
  return (
    <div className="fault-extent">
      {draft.extent !== 'cleared' && (
        <input
          {...name('amount')}
          className="field"
          type="number"
          min="1"
          value={draft.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
      )}
      <span className="select">
        <select
          {...name('extent')}
          aria-label="Requests or seconds"
          value={draft.extent}
          onChange={(event) => change({ extent: event.target.value as Extent })}
        >
          <option value="times">requests</option>
          <option value="seconds">seconds</option>
          <option value="cleared">until cleared</option>
        </select>
      </span>
    </div>
  )
}
