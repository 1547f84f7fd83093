import type { Clock } from '../clock.ts'
import { actorText } from '../domain/actor.ts'
import type { EntryDraft } from '../domain/entry.ts'
import { PurserError } from '../domain/errors.ts'
import type { Ids, SubjectId, TeamId } from '../domain/ids.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Mail, SendMail } from './send-mail.ts'

interface PostPorts {
  ledger: Ledger
  clock: Clock
  ids: Ids
  send: SendMail
}

/** Sends a mail that is in the ledger before it leaves, and its outcome after. Throws RetryLater. */
export async function postMail(
  { ledger, clock, ids, send }: PostPorts,
  mail: Mail,
  about: { team: TeamId; subjects: readonly SubjectId[] },
): Promise<void> {
  const entry = (parts: Pick<EntryDraft, 'kind'> & Partial<EntryDraft>): EntryDraft => ({
    ...{ id: ids.entry(), at: clock.now(), team: about.team },
    actor: actorText({ kind: 'machine', part: 'alerts' }),
    subjects: [...about.subjects],
    ...{ service: 'smtp', operation: 'message.send', key: mail.key },
    ...parts,
  })
  await ledger.record([entry({ kind: 'mail.intended', body: { subject: mail.subject, text: mail.text } })])
  const sentAt = clock.elapsed()
  const duration = (): number => Math.round(clock.elapsed() - sentAt)
  try {
    const { response } = await send(mail)
    await ledger.record([entry({ kind: 'mail.accepted', duration: duration(), body: { response } })])
  } catch (error) {
    if (!(error instanceof PurserError)) throw error
    const body = { message: error.message }
    await ledger.record([entry({ kind: 'mail.refused', duration: duration(), facts: { code: error.code }, body })])
    throw error
  }
}
