import type { KnownBlock } from '@slack/types'
import type { Hold } from '../../src/domain/hold.ts'
import type { Run } from '../../src/domain/run.ts'
import { asSentence } from '../cards/run-status.ts'
import type { DrawContext } from '../drawing.ts'
import { endWords, firstHeld, mayResume, scopeInWords, whyHeld } from '../held.ts'
import { bold, lines, outside, type Words } from '../rich-text.ts'

const MOST = 3

/** Above a start form: what holds what is started, by whom and until when. */
export function heldAtStart(holds: readonly Hold[], ctx: DrawContext): KnownBlock[] {
  if (holds.length === 0) return []
  const told = holds.slice(0, MOST).map((hold): Words => asSentence(standsOver(hold, ctx)))
  return [lines([...told, [`You can start all the same: ${whatBecomes(holds)}`]])]
}

function whatBecomes(holds: readonly Hold[]): string {
  if (holds.some(({ kind }) => kind === 'brake')) return 'it is accepted, and begins when somebody lets it.'
  return holds.every(({ scope }) => scope.of === 'service')
    ? 'only the steps that call it wait, and go on by themselves then.'
    : 'it is accepted, waits, and goes on by itself then.'
}

function standsOver(hold: Hold, ctx: DrawContext): Words {
  const who = mayResume(hold, ctx)
  switch (hold.kind) {
    case 'pause': {
      const what = outside(scopeInWords(hold, ctx), 80)
      const by: Words = ['⏸️ Paused by ', bold(ctx.name(hold.by), 80), ' (', what, ')']
      return [...by, ...endWords(hold.until, who), ': ', outside(hold.reason, 200)]
    }
    case 'incident':
      return ['🔴 ', bold(hold.scope.of === 'service' ? ctx.service(hold.scope.service) : 'A service', 80), ' fails']
    case 'brake':
      return [
        '✋ More were started than is usual, and wait for a look',
        ...(who ? [' (', outside(who, 120), ' may)'] : []),
      ]
  }
}

/** Behind a start: that it waits, why, and who may let it go on; nothing for one that goes on. */
export function heldFromStart(run: Run, ctx: DrawContext): Words[] {
  const held = firstHeld(run)
  if (!held) return []
  const isWhole = run.status === 'paused' || run.status === 'held'
  const why: Words = asSentence([isWhole ? 'It waits: ' : 'A part of it waits: ', ...whyHeld(held, run, ctx)])
  return [['⏸️ ', ...why, ' Nothing is lost, and it goes on by itself then.']]
}
