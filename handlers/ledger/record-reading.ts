import { actorText } from '../../src/domain/actor.ts'
import type { EntryDraft } from '../../src/domain/entry.ts'
import type { SubjectId } from '../../src/domain/ids.ts'
import type { Asker } from '../../src/slack/authorize.ts'
import type { HandlerPorts } from '../../src/slack/handler.ts'
import { actorOf } from '../answer.ts'

interface Reading {
  /** Who was looked for or read about. */
  subjects: readonly SubjectId[]
  facts: NonNullable<EntryDraft['facts']>
  /** May hold names, so that it is sealed. */
  query?: string
}

/** Subjects that an entry about a reading names; more would make it larger than what was read. */
export const MOST_SUBJECTS = 20

/** Enters into the ledger that it was read, before anybody sees what. */
export async function recordReading(
  { ledger, ids, clock }: Pick<HandlerPorts, 'ledger' | 'ids' | 'clock'>,
  asked: Asker,
  { subjects, facts, query }: Reading,
): Promise<void> {
  await ledger.record([
    {
      id: ids.entry(),
      at: clock.now(),
      team: asked.team,
      kind: 'ledger.read',
      actor: actorText(actorOf(asked)),
      subjects: subjects.slice(0, MOST_SUBJECTS),
      facts,
      ...(query === undefined ? {} : { body: { query } }),
    },
  ])
}
