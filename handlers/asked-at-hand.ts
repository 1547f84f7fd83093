import { lastOn } from '../src/domain/earlier.ts'
import { shortId } from '../src/domain/ids.ts'
import { stepOf } from '../src/domain/run.ts'
import { answererOf, standingIn } from '../src/slack/ask/list-asks.ts'
import { actorsIn } from '../src/slack/draw-card.ts'
import { type Asked, drawContext, type HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { notAskedHere } from '../views/answers/not-asked.ts'
import { buttonForgotten, noSuchRun } from '../views/answers/private.ts'
import type { StepRef } from '../views/references.ts'
import { aboutRun, type Found } from './answer.ts'
import { whoAsks } from './permit.ts'
import type { StepAtHand } from './run-at-hand.ts'
import { cameTooLate } from './too-late.ts'

interface Wish {
  ref: StepRef | null
  /** Lets those through whom the rules allow it, also when they are not asked. */
  orMay?: 'escalate'
}

export interface AskedAtHand extends StepAtHand {
  /** Whether they may by the rules alone. */
  entitled: boolean
}

/** The step that asks people, if it still does and whoever pressed may answer; else they read who may. */
export async function askedAtHand(
  ports: HandlerPorts,
  asked: Asked,
  { ref, orMay }: Wish,
): Promise<Found<AskedAtHand>> {
  const says = (drawing: ReturnType<typeof buttonForgotten>): Found<never> => ({
    ok: false,
    answer: { drawing, about: nobody(asked.team) },
  })
  if (ref === null) return says(buttonForgotten())
  const run = await ports.engine.run(asked.team, ref.run)
  const definition = run && ports.workflows.find(({ name }) => name === run.workflow)
  if (!definition) return says(noSuchRun(shortId(ref.run)))
  const asker = await whoAsks(ports, asked)
  if (!asker.ok) return asker
  const step = stepOf(run, ref.step)
  if (!step) return says(buttonForgotten())
  const person = asker.found
  const standing = standingIn(run, step, answererOf(person))
  if (standing === null || step.version !== ref.version) {
    return { ok: false, answer: await cameTooLate(ports, { run, by: lastOn(step), status: step.status }) }
  }
  // An approval is handed to others only by those who are asked, as long as enough of them are there.
  const isOpen = step.wait?.kind === 'task' || (step.wait?.kind === 'approval' && step.wait.short !== undefined)
  const entitled = orMay !== undefined && isOpen && ports.rules.current().may(person, orMay, run.workflow)
  if (standing === 'may' || entitled) return { ok: true, found: { run, definition, person, step, entitled } }
  await ports.directory.learn(actorsIn(run))
  return {
    ok: false,
    answer: { drawing: notAskedHere({ run, step }, standing, drawContext(ports)), about: aboutRun(run) },
  }
}
