import type { KnownBlock } from '@slack/types'
import type { Card } from '../../src/domain/card.ts'
import type { Hold, HoldScope } from '../../src/domain/hold.ts'
import type { Run } from '../../src/domain/run.ts'
import { drawContext } from '../../src/slack/handler.ts'
import { showHold } from '../../src/slack/show-hold.ts'
import { failureCard } from '../../views/cards/failure-card.ts'
import { runCard } from '../../views/cards/run-card.ts'
import { TEAM } from '../support/test-ids.ts'
import { POLICY } from '../support/test-rules.ts'
import { expectMessage, wordsOf } from '../views/drawn.ts'
import { OLGA, type openHandlers } from './open-handlers.ts'
import { onboarding } from './sample-workflow.ts'

export type At = Awaited<ReturnType<typeof openHandlers>>

export const actor = { kind: 'person', team: TEAM, user: OLGA.user } as const

export async function paused(at: At, scope: HoldScope = { of: 'everything' }): Promise<Hold> {
  const answer = await at.engine.holds.pause({ team: TEAM, scope, by: actor, reason: 'audit week', until: null })
  if (answer.kind !== 'done') throw new Error(answer.kind)
  await at.clock.advance(0)
  return answer.hold
}

/** The card of a hold, as it stands now. */
export async function holdCardOf(at: At, { id }: Hold): Promise<KnownBlock[]> {
  const card = { team: TEAM, kind: 'hold', about: id } as unknown as Card & { kind: 'hold'; about: string }
  const shown = await showHold({ ...at.ports, context: () => drawContext(at.ports) }, card as never)
  if (!shown?.drawing) throw new Error('no card')
  expectMessage(shown.drawing)
  return shown.drawing.blocks
}

export const runCardOf = async (at: At, of: Run): Promise<KnownBlock[]> => {
  const drawing = runCard(await at.run(of), onboarding.outline, drawContext(at.ports))
  expectMessage(drawing)
  return drawing.blocks
}

export const failureCardOf = async (at: At, of: Run): Promise<KnownBlock[]> => {
  const subject = {
    run: await at.run(of),
    step: await at.step(of, 'mail'),
    outline: onboarding.outline,
    policy: POLICY,
  }
  const drawing = failureCard(subject, drawContext(at.ports))
  expectMessage(drawing)
  return drawing.blocks
}

export const heard = (at: At): string => wordsOf(at.surface.last().drawing.blocks)
