import type { CauseKind } from '../../../src/domain/hold.ts'
import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { because } from './asides.ts'

const fails: Record<CauseKind, string> = {
  unreachable: 'does not answer',
  failing: 'is not working',
  credentials: 'refuses Purser’s credentials',
  quota: 'takes no more calls for now',
}

const triedAgain = (at: Words | null): Words => given(at, (when) => say`; tried again ${when} at the earliest`)

/** What keeps steps, runs and services from going on. */
export const held = {
  fails,
  everything: 'everything',
  callsTo: (service: string) => `calls to ${service}`,
  aService: 'a service',
  /** What a pause does to what waits, sleeps and is started: said where people pause. */
  whatAPauseDoes:
    'What is under way finishes. Nothing else is started or tried again. Approvals, tasks and dates go on waiting and may be answered; what comes behind them is held. New starts are accepted and held. When the pause ends, all of it goes on by itself, oldest first.',

  held: (notBefore: Words | null) => say`held${triedAgain(notBefore)}`,
  runIsPaused: (notBefore: Words | null) => say`held: the run is paused${triedAgain(notBefore)}`,
  byAPause: 'held by a pause; goes on in its turn',
  byIncident: ({ service, cause, since }: { service: Piece; cause: CauseKind; since: Piece }) =>
    say`held since ${since}: ${service} ${fails[cause]}`,
  worksAgain: (service: Piece, since: Piece) =>
    say`held since ${since}: ${service} works again, and this goes on in its turn`,
  byBrake: (mayLook: Piece | null) =>
    say`held until somebody has looked${given(mayLook, (who) => say` (${who} may)`)}: more were started than is usual`,
  pausedIn: ({ by, scope, until, reason }: { by: Piece; scope: Piece; until: Words; reason: Piece | null }) =>
    say`paused by ${by} (${scope})${until}${because(reason)}`,
  pausedBy: ({ by, at, until, reason }: { by: Piece; at: Words; until: Words; reason: Piece }) =>
    say`paused by ${by} ${at}${until}: ${reason}`,

  untilResumed: () => say`, until somebody resumes it`,
  untilResumedBy: (who: Piece) => say`, until it is resumed (${who} may)`,
  until: (end: Piece) => say`, until ${end}`,
  untilOrResumed: (end: Piece, who: Piece) => say`, until ${end} (${who} may resume it)`,
}
