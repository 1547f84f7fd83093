import { randomBytes } from 'node:crypto'
import { refuse } from './refusal.ts'
import type { View } from './workspace.ts'

const KEPT_MS = 60_000

/** What a person did that lets the app open a modal: once, and within 3 seconds. */
export interface Trigger {
  id: string
  userId: string
  /** The modal in which it happened. */
  viewId: string | null
  madeAt: number
  used: boolean
  /** The modal that was opened with it. */
  opened: View | null
}

export interface Triggers {
  make(userId: string, viewId?: string | null): Trigger
  /** Uses the trigger up, or refuses as Slack does. */
  exchange(id: string): Trigger
}

/** Keeps the trigger ids that were handed out; each is good for `lifetimeMs`, in Slack for 3 seconds. */
export function createTriggers(now: () => number, lifetimeMs = 3_000): Triggers {
  const made = new Map<string, Trigger>()
  let count = 0
  const forgetOld = () => {
    for (const trigger of made.values()) {
      if (now() - trigger.madeAt < KEPT_MS) return
      made.delete(trigger.id)
    }
  }
  return {
    make(userId, viewId = null) {
      forgetOld()
      const id = `${now()}.${++count}.${randomBytes(16).toString('hex')}`
      const trigger: Trigger = { id, userId, viewId, madeAt: now(), used: false, opened: null }
      made.set(id, trigger)
      return trigger
    },
    exchange(id) {
      const trigger = made.get(id)
      if (!trigger) throw refuse(/^\d+\.\d+\.[0-9a-f]{32}$/.test(id) ? 'expired_trigger_id' : 'invalid_trigger_id')
      if (trigger.used) throw refuse('exchanged_trigger_id')
      if (now() - trigger.madeAt > lifetimeMs) throw refuse('expired_trigger_id')
      trigger.used = true
      return trigger
    },
  }
}
