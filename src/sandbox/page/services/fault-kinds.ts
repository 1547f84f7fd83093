import type { ActiveFault, FaultKind } from '../../state.ts'

export interface KindWords {
  kind: FaultKind
  label: string
  what: string
}

/** The ways in which a service may be broken, in words. */
export const faultKinds: KindWords[] = [
  { kind: '503', label: 'Answers 503', what: 'It is down, and says so.' },
  { kind: '429', label: 'Answers 429', what: 'Too many requests, with a Retry-After.' },
  { kind: '401', label: 'Refuses the token', what: 'Somebody has revoked it.' },
  { kind: 'timeout', label: 'Times out', what: 'It takes the request and never answers.' },
  { kind: 'reset', label: 'Connection reset', what: 'The line drops before anything is done.' },
  { kind: 'lost-answer', label: 'Done, answer lost', what: 'It does the work, and the answer never arrives.' },
  { kind: 'unanswered', label: 'Done, never answered', what: 'It does the work, and leaves the line open in silence.' },
  { kind: 'slow', label: 'Slow', what: 'It answers, after a long while.' },
]

/** The words for a kind of fault. */
export function faultLabel(kind: FaultKind): string {
  return faultKinds.find((words) => words.kind === kind)?.label ?? kind
}

/** How long a fault holds, in words. */
export function faultExtent(fault: ActiveFault): string {
  if (fault.times !== undefined) return `${fault.fired} of ${fault.times}`
  if (fault.seconds !== undefined) return `${fault.fired}× in ${fault.seconds} s`
  return `${fault.fired}× until cleared`
}
