import { UserMistake } from '../../src/domain/errors.ts'
import { type HoldScope, scopeKey } from '../../src/domain/hold.ts'
import { type CommandCall, drawContext, type HandlerPorts } from '../../src/slack/handler.ts'
import { nobody } from '../../src/slack/surface.ts'
import { holdTooLate, notPaused, pausedAlready, pausedNow, resumedNow } from '../../views/answers/hold-answers.ts'
import type { Drawing } from '../../views/drawing.ts'
import { texts } from '../../views/texts/index.ts'
import { actorOf, tell } from '../answer.ts'
import { mayPause } from '../hold-at-hand.ts'
import { pauseOrResumeRun, type RunWish } from './pause-run.ts'

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }
const SHAPE =
  /^(pause|resume)(?: +(everything|(?:process|workflow) +(\S+)|service +(\S+)))?(?: +for +(\d{1,4})([mhd]))?(?: +(.*))?$/iu

/** What is meant is more than one run. */
const SCOPED = /^(?:pause|resume)(?:$| +(?:everything|process|workflow|service|for)(?: |$))/iu
const OF_RUN = /^(pause|resume) +(?:run +)?(.+?)(?: +for +(\d{1,4})([mhd])(?: +(.*))?)?$/iu

interface Wish {
  scope: HoldScope
  forMs: number | null
  reason: string
}

/** `/purser pause [everything|process X|service Y|who or run] [for 2h] why`, and `/purser resume …`. */
export async function pauseOrResume(ports: HandlerPorts, call: CommandCall, typed: string): Promise<void> {
  const one = readRunWish(typed)
  if (one) return await pauseOrResumeRun(ports, call, one)
  const wish = readWish(ports, typed)
  const permitted = await mayPause(ports, call, wish.scope)
  if (!permitted.ok) return await tell(ports, call, permitted.answer)
  const drawing = /^pause/i.test(typed) ? await pause(ports, call, wish) : await resume(ports, call, wish)
  await tell(ports, call, { drawing, about: nobody(call.team) })
}

async function pause(ports: HandlerPorts, call: CommandCall, { scope, forMs, reason }: Wish): Promise<Drawing> {
  if (reason.length < 3) throw mistake(texts.commands.pause.sayWhy)
  const until = forMs === null ? null : ports.clock.now() + forMs
  const answer = await ports.engine.holds.pause({ team: call.team, scope, by: actorOf(call), reason, until })
  if (answer.kind === 'no-such-hold') return notPaused()
  await ports.directory.learn([answer.hold.by])
  return answer.kind === 'done'
    ? pausedNow(answer.hold, drawContext(ports))
    : pausedAlready(answer.hold, drawContext(ports))
}

async function resume(ports: HandlerPorts, call: CommandCall, { scope, reason }: Wish): Promise<Drawing> {
  const key = scopeKey(scope)
  const hold = ports.engine.holds
    .standing(call.team)
    .find((each) => each.kind === 'pause' && scopeKey(each.scope) === key)
  if (!hold) return notPaused()
  const wish = { team: call.team, hold: hold.id, kind: 'resume' as const, by: actorOf(call), reason: reason || null }
  const answer = await ports.engine.holds.decide(wish)
  if (answer.kind === 'done') return resumedNow(answer.hold, drawContext(ports))
  if (answer.kind === 'no-such-hold') return notPaused()
  await ports.directory.learn(answer.by ? [answer.by.by] : [])
  return holdTooLate(answer.hold, answer.by, drawContext(ports))
}

/** Null where more than one run is meant. */
function readRunWish(typed: string): RunWish | null {
  if (SCOPED.test(typed)) return null
  const [, word = '', who = '', amount, unit = '', reason = ''] = OF_RUN.exec(typed) ?? []
  if (who === '') return null
  const kind = word.toLowerCase() === 'resume' ? 'resume' : 'pause'
  return { kind, typed: who, forMs: amount === undefined ? null : msOf(amount, unit), reason: reason.trim() }
}

const msOf = (amount: string, unit: string): number => Number(amount) * (UNITS_MS[unit.toLowerCase()] ?? 0)

function readWish({ workflows, services }: HandlerPorts, typed: string): Wish {
  const [, , scope, workflow, service, amount, unit = '', reason = ''] = SHAPE.exec(typed) ?? []
  const forMs = amount === undefined ? null : msOf(amount, unit)
  const rest = { forMs, reason: reason.trim() }
  if (workflow !== undefined) {
    const known = workflows.map(({ name }) => name)
    if (!known.includes(workflow.toLowerCase()))
      throw mistake(texts.commands.pause.noSuchProcess(workflow, known.join(', ')))
    return { scope: { of: 'workflow', workflow: workflow.toLowerCase() }, ...rest }
  }
  if (service !== undefined) {
    const known = [...services.keys()]
    if (!known.includes(service.toLowerCase()))
      throw mistake(texts.commands.pause.noSuchService(service, known.join(', ')))
    return { scope: { of: 'service', service: service.toLowerCase() }, ...rest }
  }
  if (scope === undefined) throw mistake(texts.commands.pause.whatIsMeant)
  return { scope: { of: 'everything' }, ...rest }
}

const mistake = (message: string): UserMistake =>
  new UserMistake({ code: 'pause-text', message, hint: texts.commands.pause.example })
