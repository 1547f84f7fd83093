import fc from 'fast-check'
import { PermanentFailure, RetryLater } from '../../../src/domain/errors.ts'
import type { HoldDecisionKind, HoldOf } from '../../../src/domain/hold.ts'
import type { CallScope } from '../../../src/egress/scope.ts'
import type { openEngine } from '../../engine/open-engine.ts'
import { look } from '../../engine/scripted-egress.ts'
import { JANE, TEAM } from '../../support/test-ids.ts'
import type { Node } from './random-graph.ts'

type Engine = Awaited<ReturnType<typeof openEngine>>

/** The service does not work, from one round until another. */
interface Outage {
  round: number
  rounds: number
  /** `looks-well`: it answers who looks at it, and nobody else. */
  how: 'down' | 'revoked' | 'looks-well' | 'looks-down'
}

/** What somebody presses on an incident's card, in this round. */
interface Press {
  round: number
  kind: Extract<HoldDecisionKind, 'probe' | 'release-one' | 'release-all' | 'escalate' | 'close'>
}

/** What becomes of the service; null: nobody watches it, and each failure is one of its own. */
export type Weather = { outages: Outage[]; presses: Press[] } | null

const rounds = { round: fc.nat(16), rounds: fc.integer({ min: 1, max: 12 }) }

export const weathers: fc.Arbitrary<Weather> = fc.option(
  fc.record({
    outages: fc.array(
      fc.record<Outage>({ ...rounds, how: fc.constantFrom('down', 'down', 'revoked', 'looks-well', 'looks-down') }),
      { minLength: 1, maxLength: 3 },
    ),
    presses: fc.array(
      fc.record<Press>({
        round: fc.nat(25),
        kind: fc.constantFrom('probe', 'release-one', 'release-one', 'release-all', 'escalate', 'close'),
      }),
      { maxLength: 3 },
    ),
  }),
)

/** Two that fail of one cause are an incident; what it held goes on one a second. */
export const INCIDENTS = { steps: 2, runs: 2, withinMs: 3_600_000, releasePerMinute: 60, probeEveryMs: 300_000 }

/** Somebody watches the service, beside those who call it. */
export const watched = {
  team: TEAM,
  services: [{ service: 'vendor', title: 'Vendor', probe: look }],
  openTicket: async () => ({ key: 'OPS-1', url: 'https://jira.example/OPS-1' }),
}

const where = { service: 'vendor', operation: 'thing.make', status: 503 }
const parts = { code: 'http-503', message: 'Vendor does not work.', hint: 'Wait.' }

const failureOf = (how: Outage['how']): Error =>
  how === 'revoked'
    ? new PermanentFailure({ ...parts, code: 'unauthorized', where: { ...where, status: 401 } })
    : new RetryLater({ ...parts, where })

/** Lets the service fail and work again, and people press on the card that says so. */
export function letItFail(weather: Weather) {
  const counts = { refused: 0, looks: 0, incidents: 0, reopened: 0, releases: 0, presses: 0 }
  let how: Outage['how'] | null = null
  const pressed = new Set<Press>()

  const answer = (at: Engine) => async (scope: CallScope) => {
    if (how === null || how === 'looks-down') {
      const { service, name: operation, title, class: kind } = look
      scope.onCall?.({ service, operation, title, class: kind, outcome: 'done', tries: 1, at: at.clock.now() })
      return { id: 'made' }
    }
    counts.refused += 1
    throw failureOf(how)
  }
  const answerLook = async (): Promise<{ id: string }> => {
    counts.looks += 1
    if (how === null || how === 'looks-well') return { id: 'looked' }
    throw failureOf(how)
  }

  return {
    counts,
    /** Whoever asks it, and whoever looks at it, is answered by this weather. */
    begin(at: Engine, graph: readonly Node[]): void {
      at.script.always('', answerLook)
      for (const key of graph.flatMap((_, index) => keysOf(`s${index}`))) at.script.always(key, answer(at))
      at.script.always('only', answer(at))
    },
    /** While an incident stands its times are short: much happens in what else would be one round. */
    isTold: (at: Engine): boolean => incidentIn(at) !== null,
    /** The weather of this round, and what people press in it. */
    async act(at: Engine, round: number): Promise<void> {
      const outage = weather?.outages.find((each) => round >= each.round && round < each.round + each.rounds)
      how = outage?.how ?? null
      for (const press of weather?.presses ?? []) {
        const hold = incidentIn(at)
        if (pressed.has(press) || round < press.round || !hold) continue
        pressed.add(press)
        counts.presses += 1
        await at.engine().holds.decide({ team: TEAM, hold: hold.id, kind: press.kind, by: JANE, reason: 'as agreed' })
      }
    },
    /** It works again, and so it stays; answers with what the incidents came to. */
    async end(at: Engine): Promise<{ standing: number }> {
      how = null
      // The longest look is a minute away, what went on has half a minute to fail again.
      for (let left = 6; left > 0 && incidentIn(at); left--) await at.clock.advance(90_000)
      const told = await at.store.entries({ team: TEAM, kinds: ['hold'] }, null, 1_000)
      const of = (kind: string) => told.filter(({ core }) => core.kind === kind).length
      counts.incidents += told.filter(
        ({ core }) => core.kind === 'hold.opened' && core.facts?.kind === 'incident',
      ).length
      counts.reopened += of('hold.reopened')
      counts.releases += of('hold.releasing')
      return { standing: incidentIn(at) ? 1 : 0 }
    },
  }
}

/** The step, or its items. */
const keysOf = (key: string): string[] => [key, ...[1, 2, 3].map((place) => `${key}:${place}`)]

function incidentIn(at: Engine): HoldOf<'incident'> | null {
  const hold = at
    .engine()
    .holds.standing(TEAM)
    .find(({ kind }) => kind === 'incident')
  return hold?.kind === 'incident' ? hold : null
}
