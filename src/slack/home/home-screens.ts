import { createHash } from 'node:crypto'
import { foreignWorkspace, guestRefused } from '../../../views/answers/private.ts'
import { refusalHome } from '../../../views/answers/refusal-home.ts'
import { EVERYTHING, type HomeFilter } from '../../../views/home/home-filter.ts'
import { homeView } from '../../../views/home/home-view.ts'
import { type Asker, authorize } from '../authorize.ts'
import { actorsIn } from '../draw-card.ts'
import { drawContext, type HandlerPorts } from '../handler.ts'
import { homeModel } from './home-model.ts'

/** The App Homes that people look at: drawn when they open them, and again while they may still be looking. */
export interface HomeScreens {
  /** Draws somebody's Home, as they may see it now. Without a filter, as they had it last. */
  show(asker: Asker, filter?: HomeFilter): Promise<void>
  /** Something has changed that a Home may show. */
  nudge(): void
  stop(): void
}

type Ports = Omit<HandlerPorts, 'home'>

interface Options {
  onError(error: unknown): void
}

interface Viewer {
  asker: Asker
  filter: HomeFilter
  openedAt: number
  /** Of what was published last, without its time. */
  digest: string
}

/** Slack does not say when somebody looks away. */
const LOOKING_MS = 10 * 60_000
/** Changes within this time make one drawing. */
const TOGETHER_MS = 3_000
const MOST_VIEWERS = 200

export function createHomeScreens(ports: Ports, { onError }: Options): HomeScreens {
  /** Only who looks is remembered here; what they see is read anew each time. After a restart they open it again. */
  const viewers = new Map<string, Viewer>()
  let cancel: (() => void) | null = null
  let stopped = false

  async function publish(viewer: Viewer, always: boolean): Promise<void> {
    const drawn = await draw(ports, viewer)
    const digest = digestOf(drawn.blocks)
    if (!always && digest === viewer.digest) return
    viewer.digest = digest
    await ports.surface.publishHome(viewer.asker.team, viewer.asker.user, drawn)
  }

  async function repaint(): Promise<void> {
    const oldest = ports.clock.now() - LOOKING_MS
    for (const [key, viewer] of viewers) {
      if (viewer.openedAt < oldest) viewers.delete(key)
      // One after another: a Home is never worth a burst.
      else await publish(viewer, false).catch(onError)
    }
  }

  return {
    async show(asker, filter) {
      const key = `${asker.team}/${asker.user}`
      const before = viewers.get(key)
      const viewer = {
        asker,
        filter: filter ?? before?.filter ?? EVERYTHING,
        openedAt: ports.clock.now(),
        digest: '',
      }
      viewers.delete(key)
      viewers.set(key, viewer)
      for (const [oldest] of viewers) if (viewers.size > MOST_VIEWERS) viewers.delete(oldest)
      await publish(viewer, true)
    },
    nudge() {
      if (stopped || cancel || viewers.size === 0) return
      cancel = ports.clock.after(TOGETHER_MS, () => {
        repaint().then(() => {
          cancel = null
        }, onError)
      })
    },
    stop() {
      stopped = true
      cancel?.()
    },
  }
}

async function draw(ports: Ports, { asker, filter }: Viewer) {
  const wish = { action: 'see', workflow: null } as const
  const authorized = await authorize({ directory: ports.directory, rules: ports.rules.current() }, asker, wish)
  if (authorized.kind === 'foreign') return refusalHome(foreignWorkspace())
  if (authorized.kind === 'guest') return refusalHome(guestRefused())
  const model = await homeModel(ports, authorized.person, filter)
  const shown = [...model.asks, ...model.needsYou.first, ...model.stuck.first, ...model.inFlight.first, ...model.due]
  await ports.directory.learn(shown.flatMap(({ run }) => actorsIn(run)))
  return homeView(model, drawContext(ports))
}

/** The last block says only when it was drawn. */
const digestOf = (blocks: readonly object[]): string =>
  createHash('sha256')
    .update(JSON.stringify(blocks.slice(0, -1)))
    .digest('base64url')
