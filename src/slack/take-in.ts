import { refused, wentWrong } from '../../views/answers/private.ts'
import type { Drawing } from '../../views/drawing.ts'
import { texts } from '../../views/texts/index.ts'
import { PurserError } from '../domain/errors.ts'
import type { EntryId } from '../domain/ids.ts'
import type { Log } from '../log.ts'
import type { SubjectKeys } from '../secrets/subject-keys.ts'
import type { Asked, HandlerPorts } from './handler.ts'
import { eventIdOf, readAsked } from './payload.ts'
import { type Delivery, markHandled, receiveOnce } from './receive-once.ts'

export interface TakingIn {
  ports: HandlerPorts
  keys: SubjectKeys
  log: Log
}

interface Taken {
  body: unknown
  kind: Delivery['kind']
  said: Record<string, unknown>
  context: object
  ack: (() => Promise<unknown>) | null
  /** Instead of Slack's own name of it. */
  id?: string
}

/** What came, and the entry that says so; absent where nothing has to be kept. */
export type Received = Asked & { receipt?: EntryId }

/** Writes, then acknowledges; null when there is nothing to do, as it came before or nobody asked. */
export async function taken(
  options: TakingIn,
  { body, kind, said, context, ack, ...named }: Taken,
): Promise<Received | null> {
  const asked = readAsked(body)
  if (!asked) {
    options.log.warn('something came from Slack without a team or a person', { code: kind })
    await ack?.()
    return null
  }
  const delivery = 'delivery' in context ? String(context.delivery) : ''
  // A thing without a name of its own is never taken for another.
  const id = named.id ?? eventIdOf(body) ?? (delivery || options.ports.ids.entry())
  const owner = typeof said.text === 'string' && said.text !== '' ? options.ports.ids.subject() : undefined
  // A workspace that is seen for the first time has no key yet.
  await options.keys.ensure(owner === undefined ? [asked.team] : [asked.team, owner])
  const receipt = await receiveOnce(options.ports, { kind, asked, id, said, owner })
  // It is on disk: a line that drops now takes the acknowledgement with it, and never the work.
  await ack?.().catch((err: unknown) => options.log.warn('Slack could not be told that it was taken', { err }))
  if (!receipt) options.log.warn('the same thing came from Slack again; it was not done twice', { code: kind })
  return receipt && { ...asked, receipt }
}

/** Nobody is met with silence: a mistake goes to whoever made it, anything else gets a reference that the log has too. */
export async function answer(options: TakingIn, asked: Received, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const drawing = excuse(options, error)
    await options.ports.surface.whisper(asked.place, drawing).catch((cause: unknown) => {
      options.log.error('somebody could not be told what went wrong', { err: cause })
    })
  }
  if (asked.receipt === undefined) return
  await markHandled(options.ports, { team: asked.team, entry: asked.receipt }).catch((err: unknown) =>
    options.log.warn('it could not be noted that something was handled: a restart does it again', { err }),
  )
}

/** What somebody is told about what went wrong. */
export function excuse({ log, ports }: TakingIn, error: unknown): Drawing {
  if (error instanceof PurserError && error.consequence === 'mistake') return refused(error)
  const reference = ports.ids.entry().slice(-8)
  log.error('a handler failed', { err: error, reference })
  if (error instanceof PurserError)
    return refused({ message: error.message, hint: texts.windows.withReference(error.hint, reference) })
  return wentWrong(reference)
}
