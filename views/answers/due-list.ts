import type { KnownBlock } from '@slack/types'
import type { DueThing } from '../../src/domain/due-things.ts'
import { shortId } from '../../src/domain/ids.ts'
import { actionIds } from '../action-ids.ts'
import { button, titled } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameList } from '../outside-text.ts'
import { encodeRunRef } from '../references.ts'
import { bold, date, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { waitsFor } from '../waits-for.ts'
import { count } from '../wording.ts'
import { sources } from './sources.ts'
import type { RunInAnswer } from './status-answer.ts'

export interface DueInAnswer extends RunInAnswer {
  thing: DueThing
}

const MOST = 12

const HEADS = {
  late: { none: '✅ Nothing is late.', some: (n: number) => `🔴 ${count(n, 'thing')} ${n === 1 ? 'is' : 'are'} late.` },
  due: {
    none: 'Nothing is due soon.',
    some: (n: number) => `🟡 ${count(n, 'thing')} ${n === 1 ? 'is' : 'are'} due soon.`,
  },
  owed: {
    none: '✅ Nothing is owed.',
    some: (n: number) => `☑️ ${count(n, 'thing')} ${n === 1 ? 'is' : 'are'} still owed.`,
  },
} as const

/** Answers "what is late?", "what is due?" and "what is owed?". */
export function dueList(which: keyof typeof HEADS, all: readonly DueInAnswer[], ctx: DrawContext): Drawing {
  const head: Words = [all.length === 0 ? HEADS[which].none : HEADS[which].some(all.length)]
  const shown = all.slice(0, MOST)
  const rest: Words[] = all.length > MOST ? [[`And ${all.length - MOST} more.`]] : []
  const from = sources({ runs: shown.map(({ run }) => run.id) })
  return {
    blocks: [
      paragraph(...head),
      ...shown.flatMap((each) => dueEntry(each, ctx)),
      ...rest.map((words) => paragraph(...words)),
      ...from.block,
    ],
    text: fallbackText([
      head,
      ...shown.map((each) => [bold(each.run.subject.label), ': ', ...dueWords(each, ctx)]),
      ...rest,
      ...from.words,
    ]),
  }
}

/** One of them in a list, with a button that shows its run. */
export function dueEntry(due: DueInAnswer, ctx: DrawContext): KnownBlock[] {
  const { run, outline } = due
  const about = tameList([run.subject.label, outline.title])
  const show = button({ text: 'Show', action: actionIds.showRun, value: encodeRunRef(run.id), label: `Show ${about}` })
  return [titled(about, show), paragraph(...dueWords(due, ctx), ` (run ${shortId(run.id)})`)]
}

/** `“Order it” is to be done by IT, overdue since Nov 4`; `“GitHub” was skipped and is owed by Olga Ops, due Nov 4`. */
function dueWords({ run, outline, thing }: DueInAnswer, ctx: DrawContext): Words {
  const title = outside(`“${stepTitle(outline, thing.step)}”`, 100)
  const late = thing.at <= ctx.now
  if (thing.kind === 'debt') {
    const owner = run.debts.find(({ step }) => step === thing.step)?.owner
    const by: Words = owner ? [' by ', outside(ctx.name(owner), 80)] : []
    return [
      late ? '🔴 ' : '🟡 ',
      title,
      ' was skipped and is owed',
      ...by,
      late ? ', overdue since ' : ', due ',
      date(thing.at),
    ]
  }
  const step = run.steps.find(({ key }) => key === thing.step)
  const waits: Words = step?.status === 'waiting' ? [' ', ...waitsFor(step, run, ctx)] : []
  const ends: Words = thing.kind === 'expiry' ? ['; it expires ', date(thing.at)] : []
  return [late ? '🔴 ' : '🟡 ', title, ...waits, ...ends]
}
