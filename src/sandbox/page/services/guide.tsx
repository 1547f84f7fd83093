import { useState } from 'react'
import { useRemembered } from '../live/use-remembered.ts'
import { type GuideAction, type GuideStep, guideSteps } from './guide-steps.ts'

/** The short tour: eight things to try; the next one is unfolded, with its button. */
export function Guide({ onStep }: { onStep: (action: GuideAction) => void }) {
  const [open, setOpen] = useRemembered('guide.open', true)
  const [done, setDone] = useRemembered<number[]>('guide.done', [])
  const [chosen, setChosen] = useState<number | null>(null)
  const next = guideSteps.findIndex((_, index) => !done.includes(index))
  const current = chosen ?? next

  const take = (step: GuideStep, index: number) => {
    onStep(step.action)
    setChosen(null)
    if (!done.includes(index)) setDone([...done, index])
  }
  return (
    <section className="guide" aria-label="Try this" data-testid="guide">
      <button
        type="button"
        className="guide-head"
        aria-expanded={open}
        data-testid="guide-toggle"
        onClick={() => setOpen(!open)}
      >
        <strong>Try this</strong>
        <small>
          {done.length} of {guideSteps.length}
        </small>
        <span className="chevron" aria-hidden="true" />
      </button>
      {open && (
        <ol className="guide-steps">
          {guideSteps.map((step, index) => (
            <StepRow
              key={step.title}
              step={step}
              number={index + 1}
              done={done.includes(index)}
              current={current === index}
              onChoose={() => setChosen(index)}
              onTake={() => take(step, index)}
            />
          ))}
        </ol>
      )}
    </section>
  )
}

interface StepProps {
  step: GuideStep
  number: number
  done: boolean
  current: boolean
  onChoose: () => void
  onTake: () => void
}

function StepRow({ step, number, done, current, onChoose, onTake }: StepProps) {
  return (
    <li className={`${done ? 'done' : ''} ${current ? 'current' : ''}`}>
      <button
        type="button"
        className="guide-title"
        aria-expanded={current}
        data-testid={`guide-title-${number}`}
        onClick={onChoose}
      >
        <span className="guide-number" aria-hidden="true">
          {done ? '✓' : number}
        </span>
        <strong>{step.title}</strong>
        {done && <span className="sr-only">(done)</span>}
      </button>
      {current && (
        <div className="guide-text">
          <p>{step.text}</p>
          <button type="button" className="button primary small" data-testid={`guide-step-${number}`} onClick={onTake}>
            <span>{step.button}</span>
          </button>
        </div>
      )}
    </li>
  )
}
