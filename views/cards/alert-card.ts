import type { Alert, Matter } from '../../src/domain/alert.ts'
import { shortId } from '../../src/domain/ids.ts'
import type { WorkflowOutline } from '../../src/domain/outline.ts'
import type { Run } from '../../src/domain/run.ts'
import { context, header, markup } from '../blocks.ts'
import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { inboxButtons } from '../inbox-buttons.ts'
import { inboxReason } from '../inbox-words.ts'
import { escaped, tameList } from '../outside-text.ts'
import { bold, day, labelled, type Words } from '../rich-text.ts'
import { stepTitle } from '../step-title.ts'
import { texts } from '../texts/index.ts'
import { duration } from '../times.ts'
import { type Part, partLines } from './part.ts'

export interface AlertSubject {
  alert: Alert
  /** The run that it concerns; null when there is none, or it was erased. */
  run: Run | null
  outline: WorkflowOutline | null
}

/** The card of what did not happen: what it is, since when, and what to do; then that it is over. */
export function alertCard(subject: AlertSubject, ctx: DrawContext): Drawing {
  const { alert, run, outline } = subject
  const isOver = alert.settledAt !== null
  const { alertCard: says, words } = texts
  const title = isOver ? says.settled(alert.matter.kind) : says.open(alert.matter.kind)
  const about = run && outline ? tameList([run.subject.label, outline.title]) : null
  const parts: Part[] = [
    { label: isOver ? says.whatWasWrong : says.whatIsWrong, says: whatIsWrong(subject), points: [] },
    isOver
      ? { label: words.howItEnded, says: says.over(day(alert.settledAt ?? ctx.now)), points: [] }
      : { label: words.whatToDo, says: [whatToDo(alert.matter)], points: [] },
  ]
  const where = run && about ? [context(markup(says.about(escaped(about), shortId(run.id))))] : []
  const named = bold(title)
  const head: Words =
    run && about ? words.cardHead({ title: named, about: bold(about, 200), run: shortId(run.id) }) : [named]
  return {
    blocks: [
      header(title),
      ...where,
      ...parts.map(({ label, ...part }) => labelled(label, part)),
      ...(!isOver && 'item' in alert.matter ? [inboxButtons(alert.matter.item)] : []),
    ],
    text: fallbackText([head, ...partLines(parts)]),
  }
}

function whatIsWrong({ alert, outline }: AlertSubject): Words {
  const { matter } = alert
  const { is, was, aStep, notStarted } = texts.alertCard
  const says = alert.settledAt === null ? is : was
  const since = day(alert.since)
  const title = alert.step && outline ? stepTitle(outline, alert.step) : alert.step
  const step = title ? bold(title, 100) : aStep
  switch (matter.kind) {
    case 'not-begun':
      return says.notBegun(bold(matter.source, 60), since)
    case 'not-usable':
      return says.notUsable({ source: bold(matter.source, 60), at: since, why: inboxReason(matter.code) })
    case 'standstill':
      return says.standstill(since)
    case 'attempt-hangs':
      if (!matter.carried) return says.carriedByNobody(step, since)
      return says.hangs({ step, longest: duration(matter.timeoutMs), since })
    case 'not-woken':
      return says.notWoken(since)
    case 'not-fired':
      return says.notFired(bold(matter.schedule, 80), day(matter.dueAt))
    case 'not-started': {
      const { schedule, dueAt, outcome } = matter
      return notStarted({ schedule: bold(schedule, 80), due: day(dueAt), outcome })
    }
    case 'directory-refused':
      return texts.alertStorms.refused[alert.settledAt === null ? 'is' : 'was']({ ...matter, since })
    case 'out-of-reach':
      return says.outOfReach(matter.of, step, since)
    case 'not-come':
      return says.notCome({ step, event: bold(matter.event.replaceAll('-', ' '), 80), by: since })
  }
}

function whatToDo(matter: Matter): string {
  const says = texts.alertCard
  switch (matter.kind) {
    case 'not-begun':
    case 'not-usable':
      return says.mendInbox
    case 'standstill':
    case 'not-woken':
    case 'attempt-hangs':
      return says.restartPurser
    case 'not-fired':
      return says.startByHand
    case 'not-started':
      return says.startOnceFree
    case 'directory-refused':
      return texts.alertStorms.refused.toDo(matter.scope)
    case 'out-of-reach':
      return matter.of === 'debt' ? says.handOverDebt : says.handOver
    case 'not-come':
      return says.askSender
  }
}
