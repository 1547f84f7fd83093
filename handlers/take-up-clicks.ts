import { z } from 'zod'
import { Actor } from '../src/domain/actor.ts'
import type { StoredEntry } from '../src/domain/entry.ts'
import { PermanentFailure } from '../src/domain/errors.ts'
import type { TeamId } from '../src/domain/ids.ts'
import type { Asked, HandlerPorts } from '../src/slack/handler.ts'
import { HANDLED } from '../src/slack/receive-once.ts'
import { nobody, type Surface } from '../src/slack/surface.ts'
import { answer, type TakingIn } from '../src/slack/take-in.ts'
import { interrupted } from '../views/answers/interrupted.ts'
import { handlers } from './index.ts'

/** Milliseconds before a stop within which a click may have been acknowledged and not carried out. */
const LEFT_OVER_MS = 60_000
const MOST_CLICKS = 200

const Place = z.object({ channel: z.string().nullable(), threadTs: z.string().nullable() })
const From = { place: Place.default({ channel: null, threadTs: null }), homeTeam: z.string().nullable().default(null) }
const Action = z.looseObject({
  action_id: z.string(),
  value: z.string().optional(),
  text: z.looseObject({ text: z.string() }).optional(),
})

/** What was kept of a click or a command when it was acknowledged. */
const Kept = z.union([
  z.object({ ...From, action: Action }).transform((kept) => ({ ...kept, kind: 'click' as const })),
  z
    .object({ ...From, command: z.string(), text: z.string() })
    .transform((kept) => ({ ...kept, kind: 'command' as const })),
  z.object({ ...From, shortcut: z.string() }).transform((kept) => ({ ...kept, kind: 'shortcut' as const })),
])
type Kept = z.infer<typeof Kept>

/**
 * Carries out what was acknowledged just before the last process ended and does not count as handled: by its own handler,
 * as though it came now. Whoever asked for a window is told to ask again, since Slack opens none so late. What had been
 * carried out meets the same guards as a second click, so that nothing happens twice. Answers with how many there were.
 */
export async function takeUpClicks(
  options: TakingIn,
  { team, before }: { team: TeamId; before: number },
): Promise<number> {
  const { store } = options.ports
  const [last] = await store.entries({ team, until: before }, null, 1)
  if (!last) return 0
  const kinds = ['click.received', 'command.received']
  const filter = { team, kinds, since: last.core.at - LEFT_OVER_MS, until: before }
  const clicks = await store.entries(filter, null, MOST_CLICKS)
  let taken = 0
  for (const click of clicks.reverse()) {
    if (await store.wasReceived({ team, source: HANDLED, id: click.core.id })) continue
    if (await takeUp(options, click)) taken += 1
  }
  return taken
}

async function takeUp(options: TakingIn, click: StoredEntry): Promise<boolean> {
  const opened = options.ports.ledger.open(click)
  const kept = opened.kind === 'open' ? Kept.safeParse(opened.body).data : undefined
  const asked = kept && askedAgain(click, kept)
  if (!kept || !asked) return false
  const ports: HandlerPorts = { ...options.ports, surface: withoutWindows(options.ports.surface) }
  await answer({ ...options, ports }, { ...asked, receipt: click.core.id }, async () => {
    try {
      await carryOut(ports, asked, kept)
    } catch (error) {
      if (!(error instanceof PermanentFailure && error.code === TOO_LATE)) throw error
      await ports.surface.whisper(asked.place, interrupted(nameOf(kept)), { about: nobody(asked.team) })
    }
  })
  return true
}

async function carryOut(ports: HandlerPorts, asked: Asked, kept: Kept): Promise<void> {
  if (kept.kind === 'command') {
    const handler = handlers.commands.find(({ command }) => command === kept.command)
    await handler?.handle({ ...asked, text: kept.text, triggerId: '' }, ports)
    return
  }
  // The words of the message on which it was used were not kept.
  if (kept.kind === 'shortcut') throw noWindow()
  const { action } = kept
  const id = action.action_id
  const handler = handlers.buttons.find((each) =>
    typeof each.action === 'string' ? each.action === id : each.action.test(id),
  )
  // What was entered in a form was not kept either.
  if (!handler || handler.isEntry) throw noWindow()
  await handler.handle({ ...asked, action, value: action.value ?? null, triggerId: '', view: null }, ports)
}

/** What somebody pressed or typed, as they know it. */
function nameOf(kept: Kept): string | null {
  if (kept.kind === 'click') return kept.action.text?.text ?? null
  return kept.kind === 'command' ? kept.command : null
}

const TOO_LATE = 'restarted-meanwhile'

const noWindow = (): PermanentFailure =>
  new PermanentFailure({
    code: TOO_LATE,
    message: 'Purser restarted before it could open a window.',
    hint: 'Press the button once more.',
  })

/** Slack opens a window within three seconds of a click, and those are over. */
const withoutWindows = (surface: Surface): Surface => ({
  ...surface,
  openView: () => Promise.reject(noWindow()),
  pushView: () => Promise.reject(noWindow()),
})

/** A private answer goes to where it was pressed; the address that Slack gave for it then is not kept. */
function askedAgain({ core }: StoredEntry, { place, homeTeam }: Kept): Asked | null {
  const [, team, user] = /^slack:([^/]+)\/(.+)$/.exec(core.actor) ?? []
  const actor = Actor.safeParse({ kind: 'person', team, user }).data
  if (actor?.kind !== 'person') return null
  const { team: of, user: who } = actor
  return { team: of, user: who, homeTeam, place: { ...place, team: of, user: who, responseUrl: null } }
}
