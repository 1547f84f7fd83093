import type { Clock } from '../clock.ts'
import type { HoldOf } from '../domain/hold.ts'
import type { BoundCall } from '../domain/operation.ts'
import type { Escalation } from '../domain/run.ts'
import { toStepFailure } from '../domain/step-failure.ts'
import type { Egress } from '../egress/scope.ts'
import { ENGINE } from './draft-change.ts'
import type { HoldBook } from './hold-book.ts'

/** Makes the ticket about an incident; built from a connector where everything is put together. */
export type OpenIncidentTicket = (
  call: BoundCall,
  about: { hold: HoldOf<'incident'>; runs: number },
) => Promise<{ key: string; url: string }>

interface Ports {
  egress: Egress
  book: HoldBook
  clock: Clock
  open: OpenIncidentTicket
  waiting(id: HoldOf<'incident'>['id']): Promise<number>
  onError(error: unknown): void
}

const PATIENT = { tries: 4, withinMs: 90_000, firstDelayMs: 1_000 }

/** Opens the ticket that somebody asked for, and keeps what came of it with the incident. */
export function createIncidentTickets(ports: Ports) {
  const settle = async (hold: HoldOf<'incident'>): Promise<void> => {
    const { escalation } = hold
    if (escalation?.status !== 'opening') return
    const { by, reason } = escalation
    const call: BoundCall = (operation, input, item) =>
      ports.egress.call({
        operation,
        input,
        scope: {
          team: hold.team,
          actor: ENGINE,
          subjects: [],
          urgent: true,
          purpose: { key: `hold/${hold.id}`, run: null, step: null, earlierCalls: true },
          tries: PATIENT,
        },
        ...(item === undefined ? {} : { item }),
      })
    const ended = await ports
      .waiting(hold.id)
      .then((runs) => ports.open(call, { hold, runs }))
      .then(
        (ticket): Escalation => ({ status: 'open', by, reason, at: ports.clock.now(), ticket }),
        (error: unknown): Escalation => ({
          status: 'failed',
          by,
          reason,
          at: ports.clock.now(),
          failure: toStepFailure(error),
        }),
      )
    await ports.book.change(hold.id, (each) =>
      each.kind === 'incident' && each.escalation?.status === 'opening'
        ? { hold: { ...each, escalation: ended }, entry: entryOf(each, ended), urgent: true }
        : null,
    )
  }
  return (hold: HoldOf<'incident'>): void => void settle(hold).catch(ports.onError)
}

const entryOf = (hold: HoldOf<'incident'>, ended: Escalation) =>
  ended.status === 'open'
    ? { kind: 'escalation.opened' as const, by: ENGINE, facts: { hold: hold.id, ticket: ended.ticket.key } }
    : { kind: 'escalation.failed' as const, by: ENGINE, facts: { hold: hold.id } }
