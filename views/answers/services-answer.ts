import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { labelled, outside, paragraph, type Words } from '../rich-text.ts'
import { listed } from '../wording.ts'
import { sources } from './sources.ts'

export interface ServiceHealth {
  service: string
  title: string
  state: 'up' | 'troubled' | 'down'
  /** What is wrong, in words. */
  detail: string | null
  /** Runs that meet the trouble. */
  runs: readonly string[]
}

const STATE: Record<ServiceHealth['state'], string> = { up: '🟢 working', troubled: '🟡 in trouble', down: '🔴 down' }

/** `GitHub · 🟡 in trouble: …` */
export function healthWords({ title, state, detail }: ServiceHealth): Words {
  const why: Words = detail === null ? [] : [': ', outside(detail, 200)]
  return [outside(title, 60), ` · ${STATE[state]}`, ...why]
}

/** Answers "is GitHub down?", as Purser's own calls know it. `asked`: a name that is no service of ours. */
export function servicesAnswer(
  services: readonly ServiceHealth[],
  asked: { unknown: string | null; all: readonly string[] },
  _ctx: DrawContext,
): Drawing {
  if (asked.unknown !== null) {
    const says: Words = ['Purser does not use ', outside(`“${asked.unknown}”`, 80), '.']
    const known: Words = ['It uses ', outside(listed(asked.all, 12), 500), '.']
    return { blocks: [paragraph(...says), paragraph(...known)], text: fallbackText([says, known]) }
  }
  const points = services.slice(0, 20).map(healthWords)
  const from = sources({ runs: services.flatMap(({ runs }) => runs) })
  const basis: Words = ['As Purser’s own calls found them.']
  const label = services.every(({ state }) => state === 'up') ? '🟢 No call fails' : 'Not all are working'
  return {
    blocks: [labelled(label, { points }), paragraph(...basis), ...from.block],
    text: fallbackText([[label], ...points, basis, ...from.words]),
  }
}
