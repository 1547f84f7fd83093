import type { HistoryLine, Run } from '../../src/domain/run.ts'
import type { DrawContext } from '../drawing.ts'
import { bold, date, outside, type Words } from '../rich-text.ts'
import { changesInWords } from './failure-people.ts'

const KINDS = [
  'edit',
  'take-over',
  'lapsed',
  'propose',
  'withdraw',
  'expired',
  'use-rules',
  'held-back',
  'released',
  'adopted',
  'close-debt',
  'hand-over-debt',
  'debt-due',
  'cleared',
] as const
type Kind = (typeof KINDS)[number]

/** Whether `decisionNote` tells a line of this kind. */
export const isDecisionLine = (kind: HistoryLine['kind']): kind is Kind => (KINDS as readonly string[]).includes(kind)

/** A line of what people decided about a run, of what came of it, and of deploys. */
export function decisionNote(
  line: HistoryLine & { kind: Kind },
  { run, title }: { run: Run; title: string },
  ctx: DrawContext,
): Words {
  const step = bold(title, 80)
  const by = bold(ctx.name(line.by), 80)
  const because: Words = line.text ? [': ', outside(line.text, 400)] : []
  switch (line.kind) {
    case 'edit':
      return ['✏️ ', by, ' changed the input and retried ', step, ...editOf(line, run, ctx), ...because]
    case 'take-over':
      return ['✋ ', by, ' took over ', step, ': Purser tries no more by itself']
    case 'lapsed':
      return ['✋ ', step, ' is nobody’s again: ', ...to(line, ctx), ' had taken it over']
    case 'propose':
      return ['🤝 ', by, ` proposes to ${proposedInWords(line)} `, step]
    case 'withdraw':
      return ['🤝 ', by, ` withdrew the proposal to ${proposedInWords(line)} `, step]
    case 'expired':
      return ['🤝 Nobody confirmed in time: the proposal to ', proposedInWords(line), ' ', step, ' is gone']
    case 'use-rules':
      return ['📝 ', by, ' lets the run go on by today’s rules', ...because]
    case 'held-back':
      return ['⏸️ The run is held back', ...because]
    case 'released':
      return ['▶️ The run goes on']
    case 'adopted':
      return ['🔧 The run goes by a new version of the process', ...because]
    case 'close-debt':
      return ['✅ ', by, ' closed what was owed for ', step, ...because]
    case 'hand-over-debt':
      return ['➡️ ', by, ' handed what is owed for ', step, ' over to ', ...to(line, ctx), ...because]
    case 'debt-due':
      return ['🔔 ', ...to(line, ctx), ': ', step, ' is still owed', ...dueOf(line, run)]
    case 'cleared':
      return ['✅ Nothing is owed any more: the run has succeeded']
  }
}

/** Whom the line is about, mentioned: they are meant to act. */
const to = ({ to: who }: HistoryLine, ctx: DrawContext): Words => {
  if (!who) return []
  return [who.kind === 'person' ? { kind: 'user', user: who.user } : bold(ctx.name(who), 80)]
}

const editOf = (line: HistoryLine, run: Run, ctx: DrawContext): Words => {
  const decisions = run.steps.find(({ key }) => key === line.step)?.decisions ?? []
  const edit = decisions.find(({ kind, at }) => kind === 'edit' && at === line.at)
  return edit ? changesInWords(edit, ctx) : []
}

const proposedInWords = ({ text }: HistoryLine): string => (text ?? 'decide').replaceAll('-', ' ')

const dueOf = (line: HistoryLine, run: Run): Words => {
  const debt = run.debts.find(({ step }) => step === line.step)
  return debt ? [debt.due <= line.at ? ', and was due ' : ', due ', date(debt.due)] : []
}
