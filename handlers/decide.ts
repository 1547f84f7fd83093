import { type RunId, shortId } from '../src/domain/ids.ts'
import type { Run } from '../src/domain/run.ts'
import type { DecisionRequest } from '../src/engine/decisions.ts'
import type { Asker } from '../src/slack/authorize.ts'
import type { HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { noSuchRun, proposed, refused } from '../views/answers/private.ts'
import { texts } from '../views/texts/index.ts'
import { aboutRun, actorOf, type Found } from './answer.ts'
import { cameTooLate } from './too-late.ts'

type Ports = Pick<HandlerPorts, 'engine' | 'directory' | 'clock' | 'services'>

/** Has the engine decide; whoever came too late, or is refused, gets the reason. */
export async function decide(
  ports: Ports,
  asked: Asker,
  { run, decision }: { run: RunId; decision: DecisionRequest },
): Promise<Found<Run>> {
  const answer = await ports.engine.decide({ team: asked.team, run, actor: actorOf(asked), decision })
  switch (answer.kind) {
    case 'decided':
      return { ok: true, found: answer.run }
    case 'too-late':
      return { ok: false, answer: await cameTooLate(ports, answer) }
    case 'refused': {
      const about = { ...nobody(asked.team), run }
      return { ok: false, answer: { drawing: refused(answer), about } }
    }
    case 'proposed':
      return {
        ok: false,
        answer: { drawing: proposed(answer), about: aboutRun(answer.run), title: texts.windows.proposed },
      }
    case 'invalid': {
      const message = Object.entries(answer.errors).map(([field, error]) => `${field}: ${error}`)
      const said = { message: message.join(' · '), hint: texts.windows.putRight }
      const told = { drawing: refused(said), about: { ...nobody(asked.team), run } }
      return { ok: false, answer: told, errors: answer.errors }
    }
    case 'no-such-run':
      return { ok: false, answer: { drawing: noSuchRun(shortId(run)), about: nobody(asked.team) } }
  }
}
