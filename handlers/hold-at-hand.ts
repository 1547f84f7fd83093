import type { Person } from '../src/domain/actor.ts'
import type { Hold, HoldScope } from '../src/domain/hold.ts'
import type { HoldId } from '../src/domain/ids.ts'
import type { HoldCall } from '../src/engine/hold-desk.ts'
import type { Action } from '../src/rules/rules.ts'
import type { Asker } from '../src/slack/authorize.ts'
import { drawContext, type HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { holdTooLate } from '../views/answers/hold-answers.ts'
import { buttonForgotten } from '../views/answers/private.ts'
import { actorOf, type Found } from './answer.ts'
import { permit } from './permit.ts'

/** The hold that a button names, if the asker may pause what it is over; and cancel it, where that is asked. */
export async function holdAtHand(
  ports: HandlerPorts,
  asked: Asker,
  { hold: id, kind }: { hold: HoldId | null; kind: HoldCall['kind'] },
): Promise<Found<Hold>> {
  const hold = id && (await ports.engine.holds.find(asked.team, id))
  if (!hold) return { ok: false, answer: { drawing: buttonForgotten(), about: nobody(asked.team) } }
  const permitted = await mayPause(ports, asked, hold.scope)
  if (!permitted.ok) return permitted
  // Rights follow the deed: runs end by it.
  const mayEnd =
    kind === 'cancel-all' ? await permitOver(ports, asked, { action: 'cancel', scope: hold.scope }) : permitted
  return mayEnd.ok ? { ok: true, found: hold } : mayEnd
}

const permitOver = (
  ports: HandlerPorts,
  asked: Asker,
  { action, scope }: { action: Action; scope: HoldScope },
): Promise<Found<Person>> => permit(ports, asked, { action, workflow: scope.of === 'workflow' ? scope.workflow : null })

/** The asker, if they may pause this, resume it, and let it go on. */
export const mayPause = (ports: HandlerPorts, asked: Asker, scope: HoldScope): Promise<Found<Person>> =>
  permitOver(ports, asked, { action: 'pause', scope })

/** Has the engine carry it out; whoever came too late reads who was first. */
export async function decideHold(
  ports: HandlerPorts,
  asked: Asker,
  { hold, kind, reason }: { hold: HoldId; kind: HoldCall['kind']; reason: string | null },
): Promise<Found<Hold>> {
  const at = await holdAtHand(ports, asked, { hold, kind })
  if (!at.ok) return at
  const answer = await ports.engine.holds.decide({ team: asked.team, hold, kind, by: actorOf(asked), reason })
  if (answer.kind === 'done') return { ok: true, found: answer.hold }
  if (answer.kind === 'no-such-hold') {
    return { ok: false, answer: { drawing: buttonForgotten(), about: nobody(asked.team) } }
  }
  await ports.directory.learn(answer.by ? [answer.by.by] : [])
  const drawing = holdTooLate(answer.hold, answer.by, drawContext(ports))
  return { ok: false, answer: { drawing, about: nobody(asked.team) } }
}
