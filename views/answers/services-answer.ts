import type { DrawContext, Drawing } from '../drawing.ts'
import { fallbackText } from '../fallback-text.ts'
import { day, labelled, moment, outside, paragraph, type Words } from '../rich-text.ts'
import { texts } from '../texts/index.ts'
import { listed } from '../wording.ts'
import { sources } from './sources.ts'

export interface ServiceNow {
  service: string
  title: string
  /** `unknown`: nothing was heard of it yet. */
  state: 'up' | 'troubled' | 'down' | 'unknown'
  /** What is wrong, in words. */
  detail: string | null
  /** When it was heard of last, in milliseconds since 1970. */
  at: number | null
  /** Since when an incident over it stands, in milliseconds since 1970. */
  incidentSince?: number | null
  /** Runs that meet the trouble. */
  runs: readonly string[]
}

/** `GitHub · 🟡 in trouble: …` */
export function healthWords({ title, state, detail, incidentSince = null }: ServiceNow): Words {
  if (incidentSince !== null && state !== 'up') {
    return texts.services.incident(
      outside(title, 60),
      day(incidentSince),
      detail === null ? null : outside(detail, 200),
    )
  }
  return texts.services.health(outside(title, 60), state, detail === null ? null : outside(detail, 200))
}

function labelOf(services: readonly ServiceNow[]): string {
  const { notAllWork, notAllLookedAt, allWork } = texts.services
  if (services.some(({ state }) => state === 'down' || state === 'troubled')) return notAllWork
  return services.some(({ state }) => state === 'unknown') ? notAllLookedAt : allWork
}

/** Answers "is GitHub down?", as Purser knows it. `asked`: a name that is no service of ours. */
export function servicesAnswer(
  services: readonly ServiceNow[],
  asked: { unknown: string | null; all: readonly string[] },
  ctx: DrawContext,
): Drawing {
  if (asked.unknown !== null) {
    const says = texts.services.notUsed(outside(texts.words.quoted(asked.unknown), 80))
    const known = texts.services.used(outside(listed(asked.all, 12), 500))
    return { blocks: [paragraph(...says), paragraph(...known)], text: fallbackText([says, known]) }
  }
  const points = services.slice(0, 20).map(healthWords)
  const from = sources({ runs: services.flatMap(({ runs }) => runs) })
  const heard = services.flatMap(({ at }) => (at === null ? [] : [at]))
  const basis: Words =
    heard.length === 0 ? [texts.services.notHeardOf] : texts.services.lastHeard(moment(Math.max(...heard), ctx.now))
  const label = labelOf(services)
  return {
    blocks: [labelled(label, { points }), paragraph(...basis), ...from.block],
    text: fallbackText([[label], ...points, basis, ...from.words]),
  }
}
