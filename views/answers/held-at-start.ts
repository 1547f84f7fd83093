import type { KnownBlock } from '@slack/types'
import type { Hold } from '../../src/domain/hold.ts'
import type { Run } from '../../src/domain/run.ts'
import { asSentence } from '../cards/run-status.ts'
import type { DrawContext } from '../drawing.ts'
import { endWords, firstHeld, mayResume, scopeInWords, whyHeld } from '../held.ts'
import { bold, lines, outside, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'

const MOST = 3

/** Above a start form: what holds what is started, by whom and until when. */
export function heldAtStart(holds: readonly Hold[], ctx: DrawContext): KnownBlock[] {
  if (holds.length === 0) return []
  const told = holds.slice(0, MOST).map((hold): Words => asSentence(standsOver(hold, ctx)))
  return [lines([...told, [whatBecomes(holds)]])]
}

function whatBecomes(holds: readonly Hold[]): string {
  const { beginsWhenLet, callsWait, waitsToo } = texts.holdAnswers
  if (holds.some(({ kind }) => kind === 'brake')) return beginsWhenLet
  return holds.every(({ scope }) => scope.of === 'service') ? callsWait : waitsToo
}

function standsOver(hold: Hold, ctx: DrawContext): Words {
  const says = texts.holdAnswers
  const who = mayResume(hold, ctx)
  switch (hold.kind) {
    case 'pause': {
      const what = outside(scopeInWords(hold, ctx), 80)
      const [by, reason] = [bold(ctx.name(hold.by), 80), outside(hold.reason, 200)]
      return says.pausedAtStart({ by, what, until: endWords(hold.until, who), reason })
    }
    case 'incident':
      return says.fails(bold(hold.scope.of === 'service' ? ctx.service(hold.scope.service) : says.aService, 80))
    case 'brake':
      return says.brakeAtStart(who ? outside(who, 120) : null)
  }
}

/** Behind a start: that it waits, why, and who may let it go on; nothing for one that goes on. */
export function heldFromStart(run: Run, ctx: DrawContext): Words[] {
  const held = firstHeld(run)
  if (!held) return []
  const isWhole = run.status === 'paused' || run.status === 'held'
  const { itWaits, aPartWaits, nothingIsLost } = texts.holdAnswers
  return [nothingIsLost(asSentence((isWhole ? itWaits : aPartWaits)(whyHeld(held, run, ctx))))]
}
