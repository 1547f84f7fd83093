import type { HeldBack } from '../../../src/domain/held-back.ts'
import type { Piece } from '../../pieces.ts'
import { say } from '../say.ts'

/** Versions of the definition: by which the run goes, and which was deployed; and of the rules that decide in it. */
interface Versions {
  own: number
  deployed: number
  rules: number
}

const whatHappened: Record<HeldBack['code'], (versions: Versions) => string> = {
  'definition-changed': ({ own, deployed }) =>
    own === deployed
      ? 'The process was changed under its old version number, and this run does not fit it any more.'
      : `Version ${deployed} of the process was deployed. This run went by version ${own}, and does not fit version ${deployed}.`,
  'workflow-gone': () => 'The process is not part of Purser any more.',
  'rules-gone': ({ rules }) => `Version ${rules} of the rules, by which this run goes, cannot be read any more.`,
}

const restart = 'Restart it: a new run about the same begins by the process and the rules of today.'
const cancel = 'Cancel it: what is done stays done.'

/** `mayRestart`: not what a step of another run began, nor what is being undone. */
const waysOn: Record<HeldBack['code'], (about: Pick<Versions, 'own'> & { mayRestart: boolean }) => string[]> = {
  'definition-changed': ({ own, mayRestart }) => [
    `Deploy version ${own} of the process again, or one that keeps what this run has done: it goes on by itself.`,
    ...(mayRestart ? [restart] : []),
    cancel,
  ],
  'workflow-gone': () => ['Deploy the process again: the run goes on by itself.', cancel],
  'rules-gone': ({ mayRestart }) => [
    'Let it go on by today’s rules: they decide from here on.',
    ...(mayRestart ? [restart] : []),
    cancel,
  ],
}

/** The card of a run that a deploy holds back. */
export const heldBackCard = {
  title: '⏸️ Held back by a change of the process',
  over: '▶️ No longer held back',
  howItStands: 'Where it is now',
  whatHappened: (code: HeldBack['code'], versions: Versions) => whatHappened[code](versions),
  standsStill: (since: Piece) =>
    say`Nothing is lost, and nothing has been sent since ${since}. What is done stays done.`,
  whatLetsItGoOn: 'What lets it go on',
  oneOfThese: 'One of these:',
  waysOn: (code: HeldBack['code'], about: Pick<Versions, 'own'> & { mayRestart: boolean }) => waysOn[code](about),
  useRules: 'Go on by today’s rules',
}
