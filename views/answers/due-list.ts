import type { KnownBlock } from '@slack/types'
import type { DueThing } from '../../src/domain/due-things.ts'
import { shortId } from '../../src/domain/ids.ts'
import { actionIds } from '../action-ids.ts'
import { button, titled } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { tameList } from '../outside-text.ts'
import { encodeRunRef } from '../references.ts'
import { bold, date, day, outside, paragraph, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { waitsFor } from '../waits-for.ts'
import { sources } from './sources.ts'
import type { RunInAnswer } from './status-answer.ts'

export interface DueInAnswer extends RunInAnswer {
  thing: DueThing
}

interface Due {
  all: readonly DueInAnswer[]
  /** The time that was asked for; null for what is due soon. */
  span: { since: number; until: number } | null
}

const MOST = 12

/** Answers "what is late?", "what is due?" and "what is owed?". */
export function dueList(which: 'late' | 'due' | 'owed', { all, span }: Due, ctx: DrawContext): Drawing {
  const { none, some } = texts.lists.due[which]
  const head: Words = span
    ? texts.lists.dueThen({ amount: all.length, since: day(span.since), until: day(span.until) })
    : [all.length === 0 ? none : some(all.length)]
  const shown = all.slice(0, MOST)
  const rest: Words[] = all.length > MOST ? [[texts.lists.andMore(all.length - MOST)]] : []
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
  const show = button({
    text: texts.words.show,
    action: actionIds.showRun,
    value: encodeRunRef(run.id),
    label: texts.words.showThat(about),
  })
  return [titled(about, show), paragraph(...texts.words.ofRun(dueWords(due, ctx), shortId(run.id)))]
}

/** `“Order it” is to be done by IT, overdue since Nov 4`; `“GitHub” was skipped and is owed by Olga Ops, due Nov 4`. */
function dueWords({ run, outline, thing }: DueInAnswer, ctx: DrawContext): Words {
  const title = outside(texts.words.quoted(stepTitle(outline, thing.step)), 100)
  const isLate = thing.at <= ctx.now
  if (thing.kind === 'debt') {
    const owner = run.debts.find(({ step }) => step === thing.step)?.owner
    const by = owner ? outside(ctx.name(owner), 80) : null
    return texts.lists.owed({ step: title, isLate, owner: by, due: date(thing.at) })
  }
  const step = run.steps.find(({ key }) => key === thing.step)
  const waits = step?.status === 'waiting' ? waitsFor(step, run, ctx) : null
  const ends = thing.kind === 'expiry' ? date(thing.at) : null
  return texts.lists.isDue({ step: title, isLate, waits, ends })
}
