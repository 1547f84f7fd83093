import type { UserId } from '../../src/domain/ids.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import { answererOf } from '../../src/slack/ask/list-asks.ts'
import type { HandlerPorts, Submission } from '../../src/slack/handler.ts'
import { texts } from '../../views/texts/index.ts'

/** Somebody to whom something is handed over, or why it cannot be, in words for their field. */
export async function receiver(
  { directory }: Pick<HandlerPorts, 'directory'>,
  { team }: Pick<Submission, 'team'>,
  user: UserId,
): Promise<{ ok: true; to: Answerer } | { ok: false; error: string }> {
  const person = await directory.person(team, user)
  if (!person || person.isDeactivated) return { ok: false, error: texts.windows.isGone }
  if (person.isGuest) return { ok: false, error: texts.windows.isGuest }
  return { ok: true, to: answererOf(person) }
}
