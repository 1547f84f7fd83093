import { shortId } from '../src/domain/ids.ts'
import { isBlocking, itemsOf, type Run, type Step, type StepIn, settled } from '../src/domain/run.ts'
import { approvalsIn, stillAsked } from '../src/domain/standing.ts'
import type { ApprovalWait, Asked, EventWait } from '../src/domain/wait.ts'
import type { DrawContext } from './drawing.ts'
import { date, day, moment, outside, type Piece, time, type Words } from './rich-text.ts'
import { texts } from './texts/index.ts'
import { duration } from './times.ts'
import { listed } from './wording.ts'

/** Who is asked, as one says it: `Maya Manager or Ops`. */
export function askedInWords(asked: Asked, team: Run['team'], ctx: DrawContext): string {
  const names = asked.users.map((user) => ctx.name({ kind: 'person', team, user }))
  const all = [...names, ...asked.groups.map(({ title }) => title), ...asked.people]
  const last = all.at(-1) ?? ''
  return all.length < 2 ? last : texts.words.oneOf(all.slice(0, -1).join(', '), last)
}

/** What a step waits for, behind its title: `waits for Maya Manager or Ops: 1 of 2 approvals`. */
export function waitsFor(step: StepIn<'waiting'>, run: Run, ctx: DrawContext): Words {
  const { wait } = step
  const says = texts.stepStates
  const who = (asked: Asked) => outside(askedInWords(stillAsked(step) ?? asked, run.team, ctx), 150)
  const asked = moment(step.startedAt, run.startedAt)
  switch (wait?.kind) {
    case 'approval': {
      // One answer decides it: a count would say nothing.
      const approvals = wait.quorum === 1 ? null : approvalCount(step, wait)
      return says.waitsForApproval({ who: who(wait.asked), approvals, asked })
    }
    case 'task':
      if (wait.dueAt === null) return says.taskAsked(who(wait.asked), asked)
      return says[wait.overdue ? 'taskOverdue' : 'taskDue'](who(wait.asked), date(wait.dueAt))
    case 'event':
      return says.waitsForEvent(outside(eventName(wait), 120), time(wait.since, run.startedAt), endOf(wait))
    case 'time':
      return says.waitsUntil(day(wait.until))
    case 'items':
      return [itemsSoFar(step, run)]
    case 'run':
      return says.waitsForRun(outside(wait.title, 100), shortId(wait.run))
    default:
      return [says.waits]
  }
}

/** `contract signed (acme-42)` */
const eventName = ({ event, key }: EventWait): string => `${event.replaceAll('-', ' ')} (${key})`

function endOf({ expectedBy, overdue, deadline }: EventWait) {
  if (deadline) return { how: 'latest', at: day(deadline.at) } as const
  return expectedBy === null ? null : ({ how: overdue ? 'overdue' : 'expected', at: day(expectedBy) } as const)
}

/** `37 of 120 done, 2 need somebody, 5 under way` */
function itemsSoFar({ key }: Step, run: Run): string {
  const items = itemsOf(run, key)
  const amount = (is: (step: Step) => boolean) => items.filter(is).length
  return texts.stepStates.itemsSoFar({
    done: amount(settled),
    all: items.length,
    stuck: amount(isBlocking),
    retried: amount(({ status }) => status === 'backing-off'),
    underWay: amount(({ status }) => status === 'running'),
  })
}

/** `1 of 2 approvals` */
export const approvalCount = (step: Step, { quorum }: ApprovalWait): string =>
  texts.stepStates.approvals(approvalsIn(step).length, quorum)

/** Everybody who has approved. */
export const approvers = (step: Step, ctx: DrawContext): Piece =>
  outside(listed(approvalsIn(step).map(({ by }) => ctx.name(by))), 150)

/** How a wait that is over ended. */
export function waitEnded(step: StepIn<'succeeded'>, run: Run, ctx: DrawContext): Words {
  const says = texts.stepStates
  const at = moment(step.at, run.startedAt)
  const took = duration(step.at - step.startedAt)
  const by = step.markedBy && outside(ctx.name(step.markedBy), 60)
  switch (step.wait?.kind) {
    case 'approval':
      return by === null ? says.passed(at) : says.approved({ by: approvers(step, ctx), at })
    case 'items': {
      const items = itemsOf(run, step.key)
      const left = items.filter(({ status }) => status !== 'succeeded').length
      return [says.itemsDone({ items: items.length, took, left })]
    }
    case 'run':
      return by ? says.markedDone({ by, at }) : [says.runDone(took, shortId(step.wait.run))]
    case 'task':
      return says.taskDone({ by: by ?? texts.words.purser, at })
    case 'event':
      return by ? says.eventMarked(at) : says.eventCame(at)
    default:
      return [says.waited(took)]
  }
}
