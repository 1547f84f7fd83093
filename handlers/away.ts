import type { Person } from '../src/domain/actor.ts'
import { person as personActor } from '../src/domain/actor.ts'
import type { UserId } from '../src/domain/ids.ts'
import { type Asked, drawContext, type HandlerPorts } from '../src/slack/handler.ts'
import { nobody } from '../src/slack/surface.ts'
import { awayNow, backNow } from '../views/answers/away-answers.ts'
import type { Answer } from './answer.ts'

/** Notes that somebody is away, and tells them who is asked meanwhile. */
export async function sayAway(
  ports: HandlerPorts,
  person: Person,
  { until, to }: { until: number | null; to: UserId | null },
): Promise<Answer> {
  const { team, user } = person
  const asked = await ports.absences.away({ team, user, from: ports.clock.now(), until, to, here: false })
  await ports.directory.learn((asked?.users ?? []).map((each) => personActor(team, each)))
  return { drawing: awayNow({ until, asked, team }, drawContext(ports)), about: nobody(team) }
}

/** Notes that somebody is back. */
export async function sayBack(ports: HandlerPorts, asked: Asked): Promise<Answer> {
  const before = await ports.absences.back(asked.team, asked.user)
  return { drawing: backNow(before), about: nobody(asked.team) }
}
