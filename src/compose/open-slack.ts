import { handlers } from '../../handlers/index.ts'
import type { DrawContext } from '../../views/drawing.ts'
import { workflows } from '../../workflows/index.ts'
import type { Config } from '../config.ts'
import type { RunningEngine } from '../engine/create-engine.ts'
import type { Inbox } from '../engine/inbox/inbox.ts'
import type { Absences } from '../slack/absence/keep-absences.ts'
import { createSlackApp, type SlackApp } from '../slack/app.ts'
import { type CardCheck, checkCards } from '../slack/check-cards.ts'
import { createDigester, type Digester } from '../slack/digest/create-digester.ts'
import { drawContext, type HandlerPorts } from '../slack/handler.ts'
import { createHomeScreens, type HomeScreens } from '../slack/home/home-screens.ts'
import { type KeptSnoozes, keepSnoozes } from '../slack/keep-snoozes.ts'
import type { PaintPorts } from '../slack/paint-card.ts'
import { SLACK_PAINT_LIMITS } from '../slack/paint-rates.ts'
import { createPainter, type Painter } from '../slack/painter.ts'
import { slackFetch } from '../slack/slack-fetch.ts'
import { stampWindows } from '../slack/stamp-windows.ts'
import { createSurface } from '../slack/surface.ts'
import type { Ways } from './open-ways.ts'

/** What shows things in Slack, and what answers people there. */
export function openSlack(
  config: Config,
  ways: Ways,
  given: { engine: RunningEngine; inbox: Inbox; absences: Absences },
): {
  painter: Painter
  cardCheck: CardCheck
  digester: Digester
  home: HomeScreens
  snoozes: KeptSnoozes
  slack: SlackApp
  ports: HandlerPorts
  paint: PaintPorts
} {
  const { egress, team, keys, log, onError } = ways
  const surface = stampWindows(createSurface(egress), keys)
  const context = (): DrawContext => drawContext(ports)
  const kept = keepSnoozes({ ...ways, engine: given.engine, surface, workflows, context })
  const basis = { ...ways, ...given, snoozes: kept.snoozes, surface, workflows }
  const paint: PaintPorts = { ...basis, context, onError }
  const painter = createPainter({ ...paint, limits: paintLimits(config) })
  const cardCheck = checkCards({ ...basis, onStale: () => painter.nudge(), onError })
  const parts = { ...basis, painter }
  const home = createHomeScreens(parts, { onError })
  const ports: HandlerPorts = { ...parts, home }
  const digester = createDigester({ ...ways, workflows, onStale: () => painter.nudge() })
  const { connection, botToken } = config.slack
  const slack = createSlackApp({
    connection:
      connection.mode === 'http'
        ? connection
        : { ...connection, fetch: slackFetch(egress, { team, appToken: connection.appToken }) },
    botToken,
    handlers,
    ports,
    keys,
    log,
  })
  return { painter, cardCheck, digester, home, snoozes: kept, slack, ports, paint }
}

const paintLimits = ({ paint }: Config) => ({
  ...SLACK_PAINT_LIMITS,
  ...(paint.postsPerMinute === null ? {} : { postsPerMinute: paint.postsPerMinute }),
  ...(paint.updatesPerMinute === null ? {} : { updatesPerMinute: paint.updatesPerMinute }),
})
