import type { StepFailure } from '../../../src/domain/run.ts'
import { bold, type Piece, type Words } from '../../pieces.ts'
import { say } from '../say.ts'
import { count } from './count.ts'

const states = {
  retrying: '🔁 Retrying',
  failed: '🔴 Failed',
  unknown: '🟠 Outcome unknown',
  held: '⏸️ Held',
  resumed: '🔵 Being retried',
  skipped: '⏩ Skipped',
  refused: '🚫 Refused',
  cancelled: '⛔ Cancelled',
  'not-needed': '➖ No longer needed',
  succeeded: '✅ Solved',
}

const causes: Record<StepFailure['consequence'], (service: string) => string> = {
  retry: (service) => `${service} could not take it just now. Such trouble mostly passes by itself.`,
  permanent: (service) => `${service} refused it, and will refuse the same request again until something is changed.`,
  unknown: () => 'It may or may not have been carried out: only somebody who looks can tell.',
  person: () => 'Something has to be put right by a person first.',
  mistake: () => 'Something that was entered does not fit.',
}

interface Tried {
  attempts: number
  since: Piece
}

const failingSince = ({ attempts, since }: Tried): Words => say`${count(attempts, 'attempt')}, failing since ${since}.`
const soFar = ({ attempts, since }: Tried): Words => say`${count(attempts, 'attempt')} so far, failing since ${since}.`

/** The card of a step that does not get on. */
export const failureCard = {
  title: (state: keyof typeof states, step: string) => `${states[state]}: ${step}`,
  rulesDecide: ({ own, today }: { own: number; today: number }) =>
    `version ${own} of the rules decides, today’s is ${today}`,

  whyItWaits: 'Why it waits',
  pausedRun: (how: Words) => say`The run is ${how}`,
  keptUntilResumed: 'Nothing is sent before it is resumed, whatever is decided here.',
  goesOn: 'It goes on by itself once nothing holds it any more.',
  triedAgain: (at: Piece) => say`Once nothing holds it any more, it is tried again by itself, not before ${at}.`,
  incidentTells: 'The card of the incident shows how it goes.',

  cause: (consequence: StepFailure['consequence'], service: string) => causes[consequence](service),
  theService: 'The service',
  whatToDo: (hint: Piece) => say`${bold('What to do:')} ${hint}`,
  http: (status: number) => `HTTP ${status}`,
  from: (source: Piece) => say`From: ${source}`,

  callDone: (call: Piece) => say`✅ ${call} · done, stays done`,
  callFound: (call: Piece) => say`✅ ${call} · was there already, stays`,
  callSafe: (call: Piece, why: Piece) => say`🔁 ${call} · safe to repeat: ${why}`,
  callUnsafe: (call: Piece, why: Piece) => say`🟠 ${call} · not safe to repeat blindly: ${why}`,
  moreCalls: (amount: number) => `and ${count(amount, 'more call')}`,
  lookAgain:
    'Looking again is safe. Nothing is sent until somebody says that it is not there: that could make a second one.',
  nothingSent: 'Nothing has been sent yet.',
  nothingSentYet: 'Nothing has been sent yet. A retry starts this step from its beginning.',
  safeToGoOn: 'Nothing will happen twice when it goes on.',
  safeToRetry: 'Retry is safe: nothing will happen twice.',

  whatWeDid: 'What we already did',
  retrying: ({ number, of, at, when, ...tried }: Tried & { number: number; of: number; at: Words; when: Piece }) =>
    say`${of === 0 ? 'Trying again' : `Retrying ${number} of ${of}`}, next ${at} (${when}). ${soFar(tried)}`,
  trying: (tried: Tried) => say`Trying again right now. ${soFar(tried)}`,
  held: (tried: Tried) => say`${failingSince(tried)} Nothing is sent until it goes on.`,
  stopped: (tried: Tried, at: Words) => say`${failingSince(tried)} Purser stopped ${at} to ask you.`,
  leftToSomebody: (tried: Tried, since: Words) => say`${failingSince(tried)} Purser stopped trying ${since}.`,
  resultToCome: (attempts: number) => `${count(attempts, 'attempt')} so far. The result will be shown here.`,

  whoOwnsIt: 'Who owns it',
  whoOwnsItUntil: 'Who owns it until when',
  tookOver: ({ by, at, until }: { by: Piece; at: Words; until: Piece }) =>
    say`${by}, who took it over ${at}, until ${until}.`,
  ticket: (ticket: Piece, by: Piece) => say`Ticket ${ticket}, asked for by ${by}.`,
  ticketOpening: (by: Piece) => say`A ticket on its way, asked for by ${by}.`,
  decidedLast: (by: Piece, at: Words) => say`${by}, who decided last, ${at}.`,
  ownedByHold: 'Purser: it goes on when what holds it ends.',
  ownedByPurser: 'Purser, as long as it retries by itself.',
  ownedByNobody: (startedBy: Piece) => say`Nobody yet: whoever decides takes it over. Started by ${startedBy}.`,

  retryNow: 'Retry now',
  retryToday: 'Retry with today’s rules',
  takeOver: 'Take over',
  takesOver: 'Take over: Purser tries no more by itself',
  look: 'Look again',
  edit: 'Edit and retry…',
  pauseRun: 'Pause run…',
  cancelRun: 'Cancel run…',
  notThere: 'It is not there: retry',
  reallyNotThere: 'Is it really not there?',
  lookFirst: (service: string) =>
    `Look in ${service} first. Purser will send the request again as a new one: if the first one did arrive, there will be two.`,
  someService: 'the service',
}
