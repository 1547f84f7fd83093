import { z } from 'zod'
import type { UpsertOperation } from '../../domain/operation.ts'
import { asJson, jsonCall, slackCall } from './method.ts'

const Opened = z
  .looseObject({ view: z.looseObject({ id: z.string(), hash: z.string() }) })
  .transform(({ view }) => ({ viewId: view.id, hash: view.hash }))

export interface OpenedView {
  viewId: string
  /** Of what it shows now; an update that names it is refused when somebody was faster. */
  hash: string
}

/** Slack waits three seconds for a window; an answer that takes longer is of no use. */
const TIMEOUT_MS = 5_000

const shared = { ...slackCall, class: 'U', answer: Opened, timeoutMs: TIMEOUT_MS } as const

/** Opens a window. A click opens one at most, so that a repetition is refused and does no harm. */
export const viewOpen: UpsertOperation<{ triggerId: string; view: object }, OpenedView> = {
  ...shared,
  name: 'views.open',
  title: 'open the window',
  request: ({ triggerId, view }) => jsonCall('views.open', { trigger_id: triggerId, view: asJson(view) }),
}

/** Puts a window on top of the one that is open. */
export const viewPush: UpsertOperation<{ triggerId: string; view: object }, OpenedView> = {
  ...shared,
  name: 'views.push',
  title: 'open the next window',
  request: ({ triggerId, view }) => jsonCall('views.push', { trigger_id: triggerId, view: asJson(view) }),
}

/** Draws an open window anew. */
export const viewUpdate: UpsertOperation<{ viewId: string; view: object; hash?: string | undefined }, OpenedView> = {
  ...shared,
  name: 'views.update',
  title: 'update the window',
  request: ({ viewId, view, hash }) => jsonCall('views.update', { view_id: viewId, view: asJson(view), hash }),
}

/** Draws somebody's App Home. */
export const viewPublish: UpsertOperation<{ user: string; view: object }, OpenedView> = {
  ...shared,
  name: 'views.publish',
  title: 'draw the App Home',
  request: ({ user, view }) => jsonCall('views.publish', { user_id: user, view: asJson(view) }),
}
