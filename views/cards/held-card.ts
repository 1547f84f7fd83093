import type { KnownBlock } from '@slack/types'
import type { HeldBack } from '../../src/domain/held-back.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { escaped, tameList } from '../outside-text.ts'
import { encodeRunRef } from '../references.ts'
import { bold, labelled, moment, passage, type Words } from '../rich-text.ts'
import { dateToken } from '../times.ts'
import { type Part, partLines } from './part.ts'
import { proposalAbout, proposalButtons, proposalPart } from './proposal.ts'
import { runStatus } from './run-status.ts'

/** The card of a run that a deploy holds back: what does not fit, what stands still, what lets it go on. */
export function heldCard(run: Run, outline: WorkflowOutline, ctx: DrawContext): Drawing {
  const why = run.heldBack ?? null
  const about = tameList([run.subject.label, outline.title])
  const title = why ? '⏸️ Held back by a change of the process' : '▶️ No longer held back'
  const proposal = why ? proposalAbout(run, null) : null
  const parts = why ? open(run, why) : [{ label: 'How it stands', says: runStatus(run, outline, ctx), points: [] }]
  const all = proposal ? [...parts, proposalPart(proposal, run, ctx)] : parts
  const blocks: KnownBlock[] = [
    header(title),
    context(markup(`${escaped(about)} · run ${shortId(run.id)}, started ${dateToken(run.startedAt, 'near')}`)),
    ...all.map(({ label, says, points }) => labelled(label, { says, points })),
    ...(proposal ? [proposalButtons(proposal, run)] : []),
    ...(why ? [buttons(run, why)] : []),
  ]
  const head: Words = [bold(title), ' (', bold(about, 200), `, run ${shortId(run.id)})`]
  return { blocks, text: fallbackText([head, ...partLines(all)]) }
}

function open(run: Run, why: HeldBack): Part[] {
  return [
    { label: 'What happened', says: [WHAT[why.code](run, why), ' ', passage(why.message, 500)], points: [] },
    {
      label: 'What is safe now',
      says: [
        'Nothing is lost and nothing is sent: the run stands still since ',
        ...moment(why.since, run.startedAt).slice(1),
        '. What is done stays done.',
      ],
      points: [],
    },
    { label: 'What lets it go on', says: ['One of these:'], points: WAYS[why.code](run) },
  ]
}

const WHAT: Record<HeldBack['code'], (run: Run, why: HeldBack) => string> = {
  'definition-changed': (run, why) =>
    run.definition === why.version
      ? 'The process was changed under its old version number, and this run does not fit it any more.'
      : `Version ${why.version} of the process was deployed. This run went by version ${run.definition}, and does not fit the new one.`,
  'workflow-gone': () => 'The process is not part of Purser any more.',
  'rules-gone': (run) => `Version ${run.rules} of the rules, by which this run goes, cannot be read any more.`,
}

const AGAIN: Words = ['Restart it: a new run about the same begins by the process and the rules of today.']
const CANCEL: Words = ['Cancel it: what is done stays done.']

const WAYS: Record<HeldBack['code'], (run: Run) => Words[]> = {
  'definition-changed': (run) => [
    [
      `Deploy version ${run.definition} of the process again, or one that keeps what this run has done: it goes on by itself.`,
    ],
    AGAIN,
    CANCEL,
  ],
  'workflow-gone': () => [['Deploy the process again: the run goes on by itself.'], CANCEL],
  'rules-gone': () => [['Let it go on by today’s rules: they decide from here on.'], AGAIN, CANCEL],
}

function buttons(run: Run, { code }: HeldBack): KnownBlock {
  const value = encodeRunRef(run.id)
  const rules = button({ text: 'Go on by today’s rules', action: actionIds.useRules, value, style: 'primary' })
  return actions([
    ...(code === 'rules-gone' ? [rules] : []),
    ...(code === 'workflow-gone' ? [] : [button({ text: 'Restart…', action: actionIds.restartRun, value })]),
    button({ text: 'Cancel…', action: actionIds.cancelRun, value }),
  ])
}
