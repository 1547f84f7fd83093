import type { UserId } from '../../src/domain/ids.ts'
import type { Answerer } from '../../src/domain/standing.ts'
import { answererOf } from '../../src/slack/ask/list-asks.ts'
import type { HandlerPorts, Submission } from '../../src/slack/handler.ts'

/** Somebody to whom something is handed over, or why it cannot be, in words for their field. */
export async function receiver(
  { directory }: Pick<HandlerPorts, 'directory'>,
  { team }: Pick<Submission, 'team'>,
  user: UserId,
): Promise<{ ok: true; to: Answerer } | { ok: false; error: string }> {
  const person = await directory.person(team, user)
  if (!person || person.isDeactivated) return { ok: false, error: 'They are not in this workspace any more.' }
  if (person.isGuest) return { ok: false, error: 'Guests and apps decide nothing here. Choose a full member.' }
  return { ok: true, to: answererOf(person) }
}
