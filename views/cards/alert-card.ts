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
import { duration } from '../times.ts'
import type { Part } from './part.ts'

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
  const title = isOver ? `✅ Settled: ${TITLES[alert.matter.kind]}` : `⏰ Please look: ${TITLES[alert.matter.kind]}`
  const about = run && outline ? tameList([run.subject.label, outline.title]) : null
  const parts: Part[] = [
    { label: isOver ? 'What was wrong' : 'What is wrong', says: whatIsWrong(subject), points: [] },
    isOver
      ? { label: 'How it ended', says: ['Over since ', day(alert.settledAt ?? ctx.now), '.'], points: [] }
      : { label: 'What to do', says: [whatToDo(alert.matter)], points: [] },
  ]
  const where = run && about ? [context(markup(`${escaped(about)} · run ${shortId(run.id)}`))] : []
  const head: Words = run && about ? [bold(title), ' (', bold(about, 200), `, run ${shortId(run.id)})`] : [bold(title)]
  return {
    blocks: [
      header(title),
      ...where,
      ...parts.map(({ label, says, points }) => labelled(label, { says, points })),
      ...(!isOver && 'item' in alert.matter ? [inboxButtons(alert.matter.item)] : []),
    ],
    text: fallbackText([head, ...parts.map(({ label, says }): Words => [`${label}: `, ...says])]),
  }
}

const TITLES: Record<Matter['kind'], string> = {
  'not-begun': 'nothing has come of something that was received',
  'not-usable': 'something that was received cannot be used',
  standstill: 'a run does not go on',
  'attempt-hangs': 'a step does not end',
  'not-woken': 'a run was not woken',
  'not-fired': 'a schedule did not fire',
  'not-started': 'a schedule could not start its process',
  'not-come': 'an expected event did not come',
  'out-of-reach': 'too few are there to answer',
}

/** Why a schedule's process was not begun. */
const REFUSED: Readonly<Record<string, string>> = {
  'subject-busy': 'one like it was still under way',
  invalid: 'the form does not take its input',
}

function whatIsWrong({ alert, outline }: AlertSubject): Words {
  const { matter } = alert
  const since: Words = [' since ', day(alert.since), '.']
  const step = alert.step && outline ? stepTitle(outline, alert.step) : alert.step
  const ofStep: Words = step ? [bold(step, 100)] : ['A step']
  switch (matter.kind) {
    case 'not-begun':
      return ['What ', bold(matter.source, 60), ' sent was acknowledged, and nothing has come of it', ...since]
    case 'not-usable':
      return [
        'What ',
        bold(matter.source, 60),
        ' sent ',
        day(alert.since),
        ' waits for a look: ',
        ...inboxReason(matter.code),
        '.',
      ]
    case 'standstill':
      return ['The run has steps left, and nothing of it is under way or waits for anything', ...since]
    case 'attempt-hangs': {
      if (!matter.carried) return [...ofStep, ' is carried out by nobody', ...since]
      return [
        ...ofStep,
        ` has been at it for longer than its ${duration(matter.timeoutMs)}, since `,
        day(alert.since),
        '.',
      ]
    }
    case 'not-woken':
      return ['The run was to go on ', day(alert.since), ', and did not.']
    case 'not-fired':
      return [bold(matter.schedule, 80), ' was to start its process ', day(matter.dueAt), ', and has not.']
    case 'not-started': {
      const why = REFUSED[matter.outcome] ?? 'it was refused'
      return [bold(matter.schedule, 80), ' was due ', day(matter.dueAt), ', and its process was not begun: ', why, '.']
    }
    case 'out-of-reach':
      return [...ofStep, OUT_OF_REACH[matter.of], ...since]
    case 'not-come':
      return [
        ...ofStep,
        ' waits for ',
        bold(matter.event.replaceAll('-', ' '), 80),
        ', which should have come by ',
        day(alert.since),
        '.',
      ]
  }
}

const OUT_OF_REACH = {
  approval: ' waits for people who are away or gone, so that it cannot get the approvals that it needs',
  task: ' is to be done by people who are away or gone, and nobody takes over',
  debt: ' left something owed by somebody who is not in the workspace any more, and nobody takes over',
}

function whatToDo(matter: Matter): string {
  switch (matter.kind) {
    case 'not-begun':
    case 'not-usable':
      return 'Try it again once its cause is mended, or dismiss it with a reason. /purser inbox lists all that wait.'
    case 'standstill':
    case 'not-woken':
    case 'attempt-hangs':
      return 'Restart Purser: it takes up what was cut off, and repeats nothing that was done. If it stays so, the log says why.'
    case 'not-fired':
      return 'Start the process by hand with /run if it is urgent. The log says why it was not started.'
    case 'not-started':
      return 'Start it by hand with /run, once what is in its way is over. This is settled when the schedule starts it again.'
    case 'out-of-reach':
      return matter.of === 'debt'
        ? 'Hand it over to somebody else: /purser debts lists it. Rules can name who takes over, under absences.'
        : 'Hand it to somebody else on its card; whoever may escalate can. Rules can name who takes over, under absences.'
    case 'not-come':
      return 'Ask whoever was to send it. When it has happened all the same, mark the step done; or skip it.'
  }
}
