import { z } from 'zod'

export const RunStatus = z.enum([
  'running',
  /** For people who are asked, for a time, or for another run; nothing else can be done meanwhile. */
  'waiting',
  'blocked',
  /** It was cancelled, and what it did is being undone. */
  'cancelling',
  /** A person's pause keeps it from going on. */
  'paused',
  /** Something keeps it from going on: an incident, the brake on starts, or a deploy that it does not fit. */
  'held',
  'succeeded',
  'succeeded-with-debt',
  'refused',
  'cancelled',
])
export type RunStatus = z.infer<typeof RunStatus>

/** Whether each is of a run that goes on, or will: a new status has to say so here. */
const OPEN: Readonly<Record<RunStatus, boolean>> = {
  running: true,
  waiting: true,
  blocked: true,
  cancelling: true,
  paused: true,
  held: true,
  succeeded: false,
  'succeeded-with-debt': false,
  refused: false,
  cancelled: false,
}

export const isOpen = ({ status }: { status: RunStatus }): boolean => OPEN[status]

/** What a list of the open runs asks the store for. */
export const OPEN_STATUSES: readonly RunStatus[] = RunStatus.options.filter((status) => OPEN[status])
