import { type FormEvent, useId, useState } from 'react'
import type { FaultKind, FaultOrder } from '../../state.ts'
import { useControl } from '../live/use-control.ts'
import { faultKinds } from './fault-kinds.ts'

type Extent = 'times' | 'seconds' | 'cleared'

/** Orders a fault of one service. */
export function FaultForm({ service }: { service: string }) {
  const send = useControl()
  const id = useId()
  const [kind, setKind] = useState<FaultKind>('503')
  const [extent, setExtent] = useState<Extent>('seconds')
  const [amount, setAmount] = useState('30')
  const [retryAfter, setRetryAfter] = useState('')
  const [match, setMatch] = useState('')
  const words = faultKinds.find((each) => each.kind === kind)
  const name = (field: string) => ({ id: `${id}-${field}`, 'data-testid': `fault-${field}-${service}` })

  const choose = (next: FaultKind) => {
    setKind(next)
    // A lost answer is most telling once; an outage lasts.
    setRetryAfter(next === '429' ? '5' : '')
    setExtent(next === 'lost-answer' ? 'times' : 'seconds')
    setAmount(next === 'lost-answer' ? '1' : '30')
  }
  const order = (event: FormEvent) => {
    event.preventDefault()
    const fault: FaultOrder = { service, kind }
    if (extent !== 'cleared') fault[extent] = Math.max(1, Math.round(Number(amount) || 1))
    if (match.trim() !== '') fault.match = match.trim()
    if (mayTellWhen(kind) && retryAfter !== '') fault.retry_after = Math.max(0, Math.round(Number(retryAfter) || 0))
    void send('faults', fault)
  }

  return (
    <form className="fault-form" onSubmit={order}>
      <label htmlFor={`${id}-kind`}>What goes wrong</label>
      <span className="select">
        <select {...name('kind')} value={kind} onChange={(event) => choose(event.target.value as FaultKind)}>
          {faultKinds.map((each) => (
            <option key={each.kind} value={each.kind}>
              {each.label}
            </option>
          ))}
        </select>
      </span>
      <p className="fault-what">{words?.what}</p>
      <label htmlFor={`${id}-amount`}>For</label>
      <div className="fault-extent">
        {extent !== 'cleared' && (
          <input
            {...name('amount')}
            className="field"
            type="number"
            min="1"
            value={amount}
            onChange={(event) => setAmount(event.target.value)}
          />
        )}
        <span className="select">
          <select
            {...name('extent')}
            aria-label="Requests or seconds"
            value={extent}
            onChange={(event) => setExtent(event.target.value as Extent)}
          >
            <option value="times">requests</option>
            <option value="seconds">seconds</option>
            <option value="cleared">until cleared</option>
          </select>
        </span>
      </div>
      {mayTellWhen(kind) && (
        <>
          <label htmlFor={`${id}-retry-after`}>Retry-After, in seconds (optional)</label>
          <input
            {...name('retry-after')}
            className="field"
            type="number"
            min="0"
            value={retryAfter}
            onChange={(event) => setRetryAfter(event.target.value)}
          />
        </>
      )}
      <label htmlFor={`${id}-match`}>Only requests with (optional)</label>
      <input
        {...name('match')}
        className="field"
        type="text"
        placeholder="POST /…"
        value={match}
        onChange={(event) => setMatch(event.target.value)}
      />
      <button type="submit" className="button danger" data-testid={`fault-order-${service}`}>
        <span>Break it</span>
      </button>
    </form>
  )
}

function mayTellWhen(kind: FaultKind): boolean {
  return kind === '429' || kind === '503'
}
