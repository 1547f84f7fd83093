import type { FaultOrder } from '../../state.ts'
import { useControl } from '../live/use-control.ts'

const presets: { name: string; title: string; order: FaultOrder }[] = [
  {
    name: 'slack-down',
    title: 'Slack is down for 2 minutes',
    order: { service: 'slack', kind: '503', seconds: 120 },
  },
  {
    name: 'github-503',
    title: 'GitHub answers 503 for 30 s',
    order: { service: 'github', kind: '503', seconds: 30 },
  },
  {
    name: 'gusto-lost',
    title: 'Gusto does it, but the answer is lost',
    order: { service: 'gusto', kind: 'lost-answer', times: 1, match: 'POST' },
  },
]

/** What goes wrong most often, each at one press. */
export function Presets() {
  const send = useControl()
  return (
    <div className="presets">
      {presets.map(({ name, title, order }) => (
        <button
          key={name}
          type="button"
          className="button small"
          data-testid={`preset-${name}`}
          onClick={() => void send('faults', order)}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
