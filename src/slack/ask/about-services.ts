import { FILLER } from './cues.ts'
import type { Lexicon, Question } from './question.ts'
import type { AskedSentence } from './understand.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

const SERVICES = words(
  'service services api apis system systems integration integrations connector connectors vendor vendors',
)
const CUES = words(
  'down up offline online outage outages working work works available unavailable reachable unreachable responding ok okay ' +
    'healthy health broken alive slow status state incident incidents having issues issue problem problems trouble troubles ' +
    'wrong failing errors error back operational dead doing again everyone else acting weird today reach degraded fine ' +
    'running unhealthy experiencing alright right happening going performing perform connected',
)
const SURE = words('outage outages health healthy incident incidents offline unreachable degraded operational')
/** What only a service is. */
const OF_A_SERVICE =
  /^is (.+?) (?:currently |still )?(?:down|offline|up(?: and running)?|reachable|unreachable|having an outage|back up|operational)(?: again| for everyone| today)?$/

/** Whether services work: `is GitHub down?`, `any outages?` */
export function aboutServices({ small, lexicon }: AskedSentence): Question | null {
  const named = serviceIn(small, lexicon)
  const rest = (named?.rest ?? small).split(' ').filter((word) => word !== '' && !FILLER.has(word))
  const all = rest.every((word) => CUES.has(word) || SERVICES.has(word))
  if (named && all) return { kind: 'health', service: named.service }
  if (!named && all && rest.some((word) => SURE.has(word) || SERVICES.has(word)))
    return { kind: 'health', service: null }
  if (!named && rest.length === 1 && (rest[0] === 'down' || rest[0] === 'up')) {
    return /\b(?:everything|anything|all|something)\b|^(?:what|which)/.test(small)
      ? { kind: 'health', service: null }
      : null
  }
  const unknown = OF_A_SERVICE.exec(small)?.[1]
  return unknown !== undefined && unknown.split(' ').length <= 3 && !/'s\b|^(?:it|he|she)$/.test(unknown)
    ? { kind: 'health', service: unknown }
    : null
}

/** The longest name of a service that stands in it. */
function serviceIn(small: string, { services }: Lexicon): { service: string; rest: string } | null {
  const padded = ` ${small.replace(/'s\b/g, '')} `
  const names = [...services].sort(([a], [b]) => b.length - a.length)
  for (const [name, service] of names) {
    const at = padded.indexOf(` ${name} `)
    if (at >= 0) return { service, rest: `${padded.slice(0, at)} ${padded.slice(at + name.length + 2)}`.trim() }
  }
  return null
}
