import type { CallSummary } from '../../../src/domain/call-summary.ts'
import type { DecisionKind } from '../../../src/domain/decision-kind.ts'
import type { Piece, Words } from '../../pieces.ts'
import { given, say } from '../say.ts'
import { count } from './count.ts'

interface Open {
  step: Piece
  at: Words
  ticket: Piece | null
}

interface Usual {
  runs: number
  took: string
}

const inTicket = (ticket: Piece | null): Words => given(ticket, (key) => say` (ticket ${key})`)

const half = ({ runs, took }: Usual): string =>
  runs === 1 ? `The one finished run took ${took}` : `Half of the last ${runs} finished runs took at most ${took}`

/** `: reason`, or the end of the sentence where nobody gave one */
const reasonOrEnd = (why: Piece | null): Words => (why ? say`: ${why}` : ['.'])

const past: Partial<Record<DecisionKind, string>> = {
  approve: 'approved',
  refuse: 'refused',
  skip: 'skipped',
  retry: 'retried',
  escalate: 'escalated',
  complete: 'has done',
  'mark-done': 'marked as done:',
  delegate: 'handed over',
  reassign: 'handed over',
}

const outcomes: Partial<Record<CallSummary['outcome'], string>> = {
  done: '✅',
  found: '✅ already there:',
  failed: '🔴 failed:',
  unknown: '🟠 outcome unknown:',
}

type AskedDeed = 'approve' | 'refuse' | 'skip' | 'retry' | 'escalate' | 'complete' | 'hand-over' | 'cancel'

const deeds: Readonly<Record<AskedDeed, string>> = {
  approve: 'approved or refused anything',
  refuse: 'refused anything',
  skip: 'skipped a step',
  retry: 'retried a step',
  escalate: 'escalated anything',
  complete: 'marked a step as done',
  'hand-over': 'handed anything over',
  cancel: 'cancelled a run',
}

/** Answers to questions about runs. */
export const runAnswers = {
  inDetail: 'In detail',
  inList: ({ about, run, status }: { about: Words; run: string; status: Words }) =>
    say`${about} (run ${run}): ${status}`,
  runsMatch: (runs: number, asked: Piece) => say`${runs} runs match ${asked}.`,
  olderOnes: (runs: number) => `And ${runs} older ones: add a word or a run’s id to see them.`,

  /** What an answer is read from. */
  from: (named: readonly string[]) => `From ${named.join(', ')}`,
  runs: (amount: number, ids: string) => `${amount === 1 ? 'run' : 'runs'} ${ids}`,
  entries: (amount: number, ids: string) => `${amount === 1 ? 'entry' : 'entries'} ${ids}`,

  whatItWaitsFor: 'What it waits for',
  waitsForNobody: 'It waits for nobody.',
  hasEnded: 'It waits for nobody: it has ended.',
  failed: ({ step, at, ticket }: Open) =>
    say`${step} failed ${at}: somebody has to retry, skip or escalate it${inTicket(ticket)}`,
  maybeDone: ({ step, at, ticket }: Open) =>
    say`${step} may have been done ${at}: somebody has to look and decide${inTicket(ticket)}`,
  failingSince: ({ step, since, again }: { step: Piece; since: Piece; again: Words }) =>
    say`${step} has been failing since ${since}; Purser tries again ${again}`,
  beingRetried: ({ step, since, by }: { step: Piece; since: Piece; by: Piece | null }) =>
    say`${step} has been failing since ${since} and is being tried again${given(by, (name) => say`, retried by ${name}`)}`,
  isHeld: (step: Piece, how: Words) => say`${step}: ${how}`,
  waits: (step: Piece, how: Words) => say`${step} ${how}`,

  stopped: (step: Piece, why: Piece) => say`${step} stopped: ${why}`,
  failing: (step: Piece, why: Piece) => say`${step} fails and is being tried again: ${why}`,
  whatMendsIt: 'What mends it',
  whatFailedBefore: 'What failed before',
  failedAt: ({ step, at, why }: { step: Piece; at: Words; why: Piece }) => say`${step} ${at}: ${why}`,
  itFailed: 'it failed',
  nothingFails: 'Nothing in it fails.',

  started: (who: Piece, at: Piece) => say`${who} started it ${at}.`,
  ended: (at: Piece, took: string) => say`Ended ${at}, after ${took}.`,
  whatIsLeft: (steps: number) => `What is left: ${count(steps, 'step')}`,
  noneFinished: 'No run of this process has finished yet, so that nobody can say how long it takes.',
  wouldBeDone: (usual: Usual, at: Piece) => say`${half(usual)}: that would be ${at}.`,
  takesLonger: (usual: Usual) => `${half(usual)}: this one takes longer.`,
  isUnderWay: (step: Piece) => say`${step} is under way`,
  isTriedAgain: (step: Piece, at: Piece) => say`${step} is tried again ${at}`,
  needsDecision: (step: Piece) => say`${step} needs a decision first`,
  comesLater: (step: Piece) => say`${step} comes later`,

  nobody: {
    approve: 'Nobody has approved or refused anything in it.',
    refuse: 'Nobody has refused anything in it.',
    skip: 'Nobody has skipped a step of it.',
    retry: 'Nobody has retried a step of it.',
    escalate: 'Nobody has escalated it.',
    complete: 'Nobody has marked a step of it as done.',
    'hand-over': 'Nobody has handed anything over in it.',
    cancel: 'Nobody has cancelled it.',
  },
  did: (deed: { by: Piece; kind: DecisionKind; step: Piece; to: Piece | null; at: Piece; why: Piece | null }) =>
    say`${deed.by} ${past[deed.kind] ?? deed.kind} ${deed.step}${given(deed.to, (whom) => say` to ${whom}`)} ${deed.at}${reasonOrEnd(deed.why)}`,
  cancelled: ({ by, at, why }: { by: Piece; at: Piece; why: Piece | null }) =>
    say`${by} cancelled the run ${at}${reasonOrEnd(why)}`,

  nothingHappened: (since: Piece, until: Piece) =>
    say`Nothing happened between ${since} and ${until}, in what you may see.`,
  nothingInIt: (since: Piece, until: Piece) => say`Nothing happened in it between ${since} and ${until}.`,
  happenedIn: ({ runs, since, until }: { runs: number; since: Piece; until: Piece }) =>
    say`Between ${since} and ${until} something happened in ${count(runs, 'run')}.`,
  notLookedInto: (runs: number) =>
    `${count(runs, 'older run')} were not looked into: name a shorter time, or a person.`,
  failedIn: ({ runs, since, until }: { runs: number; since: Piece; until: Piece }) =>
    runs === 0
      ? say`Nothing failed between ${since} and ${until}, in what you may see.`
      : say`Between ${since} and ${until} something failed in ${count(runs, 'run')}.`,
  now: (status: Words) => say`Now: ${status}`,
  deedsIn: ({ deed, amount, since, until }: { deed: AskedDeed; amount: number; since: Piece; until: Piece }) =>
    amount === 0
      ? say`Nobody ${deeds[deed]} between ${since} and ${until}, in what you may see.`
      : say`Between ${since} and ${until}, ${count(amount, 'time')} somebody ${deeds[deed]}.`,
  notThen: (since: Piece, until: Piece) => say`Not between ${since} and ${until}, but at another time:`,
  andInMore: (runs: number) => `And in ${runs} more: ask about one of them.`,
  earlier: (deeds: number) => `${deeds} earlier`,
  outcomes,
  called: ({ how, call, step, at }: { how: string; call: Piece; step: Piece; at: Piece }) =>
    say`${how} ${call} (${step}) · ${at}`,
}
