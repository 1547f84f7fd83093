import { leftOver, takeUp as startTakingUp } from '../../handlers/left-over/take-up.ts'
import type { Person } from '../../src/domain/actor.ts'
import { createLog } from '../../src/log.ts'
import type { Asked, HandlerPorts } from '../../src/slack/handler.ts'
import { receiveOnce } from '../../src/slack/receive-once.ts'
import { encodeStepRef } from '../../views/references.ts'
import { refusing } from '../engine/scripted-egress.ts'
import { TEAM } from '../support/test-ids.ts'
import { settle } from '../support/turns.ts'
import type { openHandlers } from './open-handlers.ts'

export type At = Awaited<ReturnType<typeof openHandlers>>

const askedBy = (who: Person): Asked => {
  const place = { team: TEAM, user: who.user, channel: 'C0OPS', threadTs: null, responseUrl: null }
  return { team: TEAM, user: who.user, homeTeam: TEAM, place }
}

/** Something that is on disk and acknowledged: then the process is gone, for as long as it takes. */
export async function gone(at: At, who: Person, said: Record<string, unknown>, ms = 600_000) {
  const kind =
    'action' in said ? 'click.received' : 'text' in said && 'ts' in said ? 'event.received' : 'command.received'
  const receipt = await receiveOnce(at.ports, { kind, asked: askedBy(who), id: JSON.stringify([who.user, said]), said })
  if (ms > 0) await at.clock.advance(ms)
  return receipt
}

/** The next process begins with what is left; it may die before it is done. */
export async function nextProcess(at: At, ports: Partial<HandlerPorts> = {}) {
  const log = createLog({ level: 'error', clock: at.clock, scrubText: (text) => text, destination: { write() {} } })
  return startTakingUp({ ports: { ...at.ports, ...ports }, keys: at.keys, log }, await leftOver(at.store))
}

export const takeUp = async (at: At): Promise<number> => {
  const { done } = await nextProcess(at)
  const taken = await done
  await settle()
  return taken
}

/** A failed step, and its button. */
export async function failed(at: At, action: string, email = 'jane@acme.example') {
  at.script.plan('mail', refusing)
  const run = await at.begin({ email })
  const step = await at.step(run, 'mail')
  const value = encodeStepRef({ run: run.id, step: step.key, version: step.version })
  return { run, said: { action: { action_id: action, block_id: 'b', value, text: { text: 'Skip…' } } } }
}
