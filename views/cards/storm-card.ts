import type { Alert, AlertCase, AlertCount, Matter } from '../../src/domain/alert.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { actionIds } from '../action-ids.ts'
import { actions, button, header } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { encodeCasesRef } from '../references.ts'
import { bold, day, labelled, outside, type Piece, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { type Texts, texts } from '../texts/index.ts'
import { listed } from '../wording.ts'
import type { Part } from './part.ts'

/** One of the things that an alert stands for, with its run as far as there is one. */
export interface ShownCase {
  of: Pick<AlertCase, 'run' | 'step' | 'matter' | 'since'>
  /** Null also when it was erased, or the reader may not see it. */
  run: Run | null
  outline: WorkflowOutline | null
  /** Whether the reader may see it. */
  isSeen: boolean
}

export interface StormSubject {
  alert: Alert
  count: AlertCount
  /** The oldest that are not over. */
  oldest: readonly ShownCase[]
}

/** The card of an alert that stands for many things of one cause: how many, the oldest, and what to do. */
export function stormCard(subject: StormSubject, ctx: DrawContext): Drawing {
  const { alert, count } = subject
  const { alertStorms: says } = texts
  const isOver = alert.settledAt !== null
  const about = says.what[isOver ? 'was' : 'is'][alert.matter.kind](count.open === 0 ? count.total : count.open)
  const title = isOver ? says.settled(about) : says.open(about)
  const parts = isOver ? whenOver(subject, ctx) : whileOpen(subject, ctx)
  const all: Words[] = parts.flatMap(({ label, says: words, points }) => [
    [`${label}: `, ...words],
    ...points.map((point): Words => ['• ', ...point]),
  ])
  return {
    blocks: [
      header(title),
      ...parts.map(({ label, says: words, points }) => labelled(label, { says: words, points })),
      ...(count.open > 0 ? [actions([showThem(alert.id)])] : []),
    ],
    text: fallbackText([[bold(title)], ...all]),
  }
}

const showThem = (alert: string) =>
  button({
    text: texts.alertStorms.showThem,
    action: actionIds.showCases,
    value: encodeCasesRef({ alert, skip: 0 }),
  })

function whileOpen({ alert, count, oldest }: StormSubject, ctx: DrawContext): Part[] {
  const { alertCard, alertStorms, words } = texts
  const { howMany, quietSoon, since } = alertStorms
  const isFew = count.open > 0 && count.open < count.total
  const stands: Words = [...(isFew ? [' ', howMany(count.open, count.total)] : [])]
  const when: Words = count.since === null ? [] : [' ', ...since(day(count.since))]
  const rest = count.open - oldest.length
  const points = [...oldest.map(caseWords), ...(rest > 0 ? [[words.andMore(rest)]] : [])]
  return [
    { label: alertCard.whatIsWrong, says: [...causeWords(alert, ctx), ...when, ...stands], points: [] },
    ...(points.length > 0 ? [{ label: alertStorms.oldest, says: [], points }] : []),
    { label: words.whatToDo, says: [count.open === 0 ? quietSoon : toDo(alert.matter)], points: [] },
  ]
}

function whenOver({ alert, count }: StormSubject, ctx: DrawContext): Part[] {
  const { alertCard, alertStorms, words } = texts
  return [
    { label: alertCard.whatWasWrong, says: causeWords(alert, ctx), points: [] },
    { label: words.howItEnded, says: alertStorms.over(count.total, day(alert.settledAt ?? ctx.now)), points: [] },
  ]
}

/** What they have in common. */
function causeWords({ matter, settledAt }: Alert, ctx: DrawContext): Words {
  const causes = texts.alertStorms.causes[settledAt === null ? 'is' : 'was']
  switch (matter.kind) {
    case 'not-begun':
    case 'not-usable':
      return causes[matter.kind](bold(matter.source, 60))
    case 'attempt-hangs':
      return hangsWords(matter, causes, ctx)
    case 'not-started':
      return causes['not-started'](bold(matter.schedule, 80))
    case 'not-come':
      return causes['not-come'](bold(matter.event.replaceAll('-', ' '), 80))
    case 'out-of-reach':
      return causes[matter.of]()
    case 'directory-refused':
      return []
    case 'standstill':
    case 'not-woken':
    case 'not-fired':
      return causes[matter.kind]()
  }
}

function toDo(matter: Matter): string {
  const { whatToDo, refused } = texts.alertStorms
  return matter.kind === 'directory-refused' ? refused.toDo(matter.scope) : whatToDo[matter.kind]
}

function hangsWords(
  { carried, waits, services = [] }: Extract<Matter, { kind: 'attempt-hangs' }>,
  causes: Texts['alertStorms']['causes']['is'],
  ctx: DrawContext,
): Words {
  if (!carried) return causes.nobody()
  const named = services.length === 0 ? null : bold(listed(services.map((service) => ctx.service(service))), 120)
  if (waits) return named ? causes.waits(named) : causes.waitsAlone()
  return named ? causes.hangs(named) : causes.hangsAlone()
}

/** `Create the account for Jane Doe (run 1a2b3c4d), since 10:05` */
export function caseWords({ of, run, outline, isSeen }: ShownCase): Words {
  const { ofRun, ofNobody, notYours, erased } = texts.alertStorms
  const since = day(of.since)
  if (!isSeen) return notYours(since)
  if (run && outline) {
    const step = of.step === null ? null : outside(stepTitle(outline, of.step), 80)
    return ofRun({ step, subject: outside(run.subject.label, 80), run: shortId(run.id), since })
  }
  return ofNobody(nameOf(of, erased), since)
}

function nameOf({ matter, run }: ShownCase['of'], erased: string): Piece {
  if ('schedule' in matter) return outside(matter.schedule, 80)
  if ('source' in matter) return outside(matter.source, 60)
  return run === null ? matter.kind : erased
}
