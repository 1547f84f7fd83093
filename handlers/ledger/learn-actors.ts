import { Actor } from '../../src/domain/actor.ts'
import type { EntryCore } from '../../src/domain/entry.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'

/** Makes the names of those who acted in entries known to what is drawn. */
export async function learnActors(
  { directory }: Pick<HandlerPorts, 'directory'>,
  entries: readonly EntryCore[],
): Promise<void> {
  const actors = entries.flatMap(({ actor }) => {
    const [, team, user] = /^slack:([^/]+)\/(.+)$/.exec(actor) ?? []
    const person = Actor.safeParse({ kind: 'person', team, user })
    return person.success ? [person.data] : []
  })
  await directory.learn(actors)
}
