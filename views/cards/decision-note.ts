import type { HistoryLine } from '../../src/domain/history-line.ts'
import { SECONDED, type Seconded } from '../../src/domain/proposal.ts'
import type { Run } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, date, outside, type Piece, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { changesInWords } from './failure-people.ts'

type Kind = keyof typeof texts.history.decided

/** Whether `decisionNote` tells a line of this kind. */
export const isDecisionLine = (kind: HistoryLine['kind']): kind is Kind => Object.hasOwn(texts.history.decided, kind)

/** A line of what people decided about a run, of what came of it, and of deploys. */
export function decisionNote(
  line: HistoryLine & { kind: Kind },
  { run, title }: { run: Run; title: string },
  ctx: DrawContext,
): Words {
  return texts.history.decided[line.kind]({
    step: bold(title, 80),
    by: bold(ctx.name(line.by), 80),
    why: line.text ? outside(line.text, 400) : null,
    to: to(line, ctx),
    changes: editOf(line, run, ctx),
    due: dueOf(line, run),
    proposed: proposedIn(line),
  })
}

/** Whom the line is about, mentioned: they are meant to act. */
const to = ({ to: who }: HistoryLine, ctx: DrawContext): Words => {
  if (!who) return []
  return [who.kind === 'person' ? { kind: 'user', user: who.user } : bold(ctx.name(who), 80)]
}

const editOf = (line: HistoryLine, run: Run, ctx: DrawContext): Piece | null => {
  const decisions = run.steps.find(({ key }) => key === line.step)?.decisions ?? []
  const edit = decisions.find(({ kind, at }) => kind === 'edit' && at === line.at)
  return edit ? changesInWords(edit, ctx) : null
}

const proposedIn = ({ text }: HistoryLine): Seconded | null => SECONDED.find((each) => each === text) ?? null

const dueOf = (line: HistoryLine, run: Run): { at: Piece; isOver: boolean } | null => {
  const debt = run.debts.find(({ step }) => step === line.step)
  return debt ? { at: date(debt.due), isOver: debt.due <= line.at } : null
}
