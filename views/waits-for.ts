import { shortId } from '../src/domain/ids.ts'
import { isBlocking, itemsOf, type Run, type Step, type StepIn, settled } from '../src/domain/run.ts'
import { approvalsIn, stillAsked } from '../src/domain/standing.ts'
import type { ApprovalWait, Asked, EventWait } from '../src/domain/wait.ts'
import type { DrawContext } from './drawing.ts'
import { date, day, moment, outside, time, type Words } from './rich-text.ts'
import { duration } from './times.ts'
import { count, listed } from './wording.ts'

/** Who is asked, as one says it: `Maya Manager or Ops`. */
export function askedInWords(asked: Asked, team: Run['team'], ctx: DrawContext): string {
  const names = asked.users.map((user) => ctx.name({ kind: 'person', team, user }))
  const all = [...names, ...asked.groups.map(({ title }) => title), ...asked.people]
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`
}

/** What a step waits for, behind its title: `waits for Maya Manager or Ops: 1 of 2 approvals`. */
export function waitsFor(step: StepIn<'waiting'>, run: Run, ctx: DrawContext): Words {
  const { wait } = step
  switch (wait?.kind) {
    case 'approval': {
      const who = askedInWords(stillAsked(step) ?? wait.asked, run.team, ctx)
      // One answer decides it: a count would say nothing.
      const so = wait.quorum === 1 ? '' : `: ${approvalCount(step, wait)}`
      return ['waits for ', outside(who, 150), so, ...since(step, run)]
    }
    case 'task': {
      const due: Words =
        wait.dueAt === null ? since(step, run) : [wait.overdue ? ', overdue since ' : ', due ', date(wait.dueAt)]
      return ['is to be done by ', outside(askedInWords(stillAsked(step) ?? wait.asked, run.team, ctx), 150), ...due]
    }
    case 'event':
      return [
        'waits for ',
        outside(eventName(wait), 120),
        ', since ',
        time(wait.since, run.startedAt),
        ...atTheLatest(wait),
      ]
    case 'time':
      return ['waits until ', day(wait.until)]
    case 'items':
      return [itemsSoFar(step, run)]
    case 'run':
      return ['waits for ', outside(wait.title, 100), ` (run ${shortId(wait.run)})`]
    default:
      return ['waits']
  }
}

/** `contract signed (acme-42)` */
const eventName = ({ event, key }: EventWait): string => `${event.replaceAll('-', ' ')} (${key})`

function atTheLatest({ expectedBy, overdue, deadline }: EventWait): Words {
  if (deadline) return [', at the latest ', day(deadline.at)]
  if (expectedBy === null) return []
  return [overdue ? ', overdue since ' : ', expected by ', day(expectedBy)]
}

const since = (step: StepIn<'waiting'>, run: Run): Words => [', asked ', ...moment(step.startedAt, run.startedAt)]

/** `37 of 120 done, 2 need someone, 5 under way` */
function itemsSoFar({ key }: Step, run: Run): string {
  const items = itemsOf(run, key)
  const of = (is: (step: Step) => boolean, words: string, one = words) => {
    const found = items.filter(is).length
    return found === 0 ? [] : [`${found} ${found === 1 ? one : words}`]
  }
  return [
    `${items.filter(settled).length} of ${items.length} done`,
    ...of(isBlocking, 'need someone', 'needs someone'),
    ...of(({ status }) => status === 'backing-off', 'retried by themselves', 'retried by itself'),
    ...of(({ status }) => status === 'running', 'under way'),
  ].join(', ')
}

/** `1 of 2 approvals` */
export const approvalCount = (step: Step, { quorum }: ApprovalWait): string =>
  `${approvalsIn(step).length} of ${quorum} ${quorum === 1 ? 'approval' : 'approvals'}`

/** How a wait that is over ended. */
export function waitEnded(step: StepIn<'succeeded'>, run: Run, ctx: DrawContext): Words {
  const at = moment(step.at, run.startedAt)
  switch (step.wait?.kind) {
    case 'approval': {
      const names = approvalsIn(step).map(({ by }) => ctx.name(by))
      if (step.markedBy === null) return ['passed ', ...at, ', as the rules say: not enough answered in time']
      return ['approved by ', outside(listed(names), 150), ' ', ...at]
    }
    case 'items': {
      const items = itemsOf(run, step.key)
      const left = items.filter(({ status }) => status !== 'succeeded').length
      const without = left === 0 ? '' : `, without ${left} of them`
      return [`${count(items.length, 'item')} done in ${duration(step.at - step.startedAt)}${without}`]
    }
    case 'run':
      if (step.markedBy) return ['marked done by ', outside(ctx.name(step.markedBy), 60), ' ', ...at]
      return [`done in ${duration(step.at - step.startedAt)} (run ${shortId(step.wait.run)})`]
    case 'task':
      return ['done by ', outside(step.markedBy ? ctx.name(step.markedBy) : 'Purser', 60), ' ', ...at]
    case 'event':
      return [step.markedBy ? 'marked done ' : 'came ', ...at]
    default:
      return [`waited ${duration(step.at - step.startedAt)}`]
  }
}
