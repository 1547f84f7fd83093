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
import { bold, labelled, passage, time, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { dateToken } from '../times.ts'
import { type Part, partLines } from './part.ts'
import { besideProposal, proposalAbout, proposalButtons, proposalPart } from './proposal.ts'
import { runStatus } from './run-status.ts'

/** The card of a run that a deploy holds back: what does not fit, what stands still, what lets it go on. */
export function heldCard(run: Run, outline: WorkflowOutline, ctx: DrawContext): Drawing {
  const why = run.heldBack ?? null
  const about = tameList([run.subject.label, outline.title])
  const says = texts.heldBackCard
  const title = why ? says.title : says.over
  const proposal = why ? proposalAbout(run, null) : null
  const parts = why ? open(run, why) : [{ label: says.howItStands, says: runStatus(run, outline, ctx), points: [] }]
  const all = proposal ? [...parts, proposalPart(proposal, run, ctx)] : parts
  const id = shortId(run.id)
  const caption = { about: escaped(about), run: id, started: dateToken(run.startedAt, 'near') }
  const below = why ? [buttons(run, why)] : []
  const blocks: KnownBlock[] = [
    header(title),
    context(markup(texts.words.runStarted(caption))),
    ...all.map(({ label, ...part }) => labelled(label, part)),
    ...(proposal ? [proposalButtons(proposal, run), ...besideProposal(below)] : below),
  ]
  const head = texts.words.cardHead({ title: bold(title), about: bold(about, 200), run: id })
  return { blocks, text: fallbackText([head, ...partLines(all)]) }
}

function open(run: Run, why: HeldBack): Part[] {
  const { heldBackCard: card, words } = texts
  const versions = { own: run.definition, deployed: why.version, rules: run.rules }
  const happened: Words = [card.whatHappened(why.code, versions), ' ', passage(why.message, 500)]
  const ways = card.waysOn(why.code, { own: run.definition, mayRestart: mayRestart(run, why) }).map((way) => [way])
  return [
    { label: words.whatHappened, says: happened, points: [] },
    { label: words.whatIsSafe, says: card.standsStill(time(why.since, run.startedAt)), points: [] },
    { label: card.whatLetsItGoOn, says: [card.oneOfThese], points: ways },
  ]
}

/** One that a step of another run began is begun anew from there; one that is being undone is not begun anew. */
const mayRestart = (run: Run, { code }: HeldBack): boolean => code !== 'workflow-gone' && !run.parent && !run.cancelled

function buttons(run: Run, why: HeldBack): KnownBlock {
  const { code } = why
  const { heldBackCard: says, words } = texts
  const value = encodeRunRef(run.id)
  const rules = button({ text: says.useRules, action: actionIds.useRules, value, style: 'primary' })
  return actions([
    ...(code === 'rules-gone' ? [rules] : []),
    ...(mayRestart(run, why) ? [button({ text: words.restart, action: actionIds.restartRun, value })] : []),
    button({ text: words.cancel, action: actionIds.cancelRun, value }),
  ])
}
