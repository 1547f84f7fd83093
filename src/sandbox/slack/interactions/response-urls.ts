import { randomBytes } from 'node:crypto'
import { type Answer, json } from '../../http.ts'
import { APP } from '../../seed.ts'
import { isObject } from '../block-kit/checks.ts'
import { addEphemeral, addMessage, removeMessage, threadOf, withIds } from '../messages.ts'
import { acceptedBlocks } from '../methods/chat.ts'
import { SlackRefusal } from '../refusal.ts'
import type { Channel, PlacedMessage, Workspace } from '../workspace.ts'

const USES = 5
const LIFETIME_MS = 30 * 60_000

/** Where a response goes: to the person, beside the message that was clicked. */
export interface ResponseOrigin {
  channel: Channel
  userId: string
  /** The message that was clicked, if any: its time stamp. */
  ts: string | null
  ephemeral: boolean
  threadTs: string | null
}

interface ResponseUrl extends ResponseOrigin {
  uses: number
  madeAt: number
}

export interface ResponseUrls {
  make(origin: ResponseOrigin): string
  /** How often the address was used. */
  usesOf(url: string): number
  /** Does what was posted to the address. */
  answer(token: string, body: string): { answer: Answer; effect: [kind: string, key: string] | null }
}

/** Keeps the addresses that let the app answer an interaction: five times, for 30 minutes. */
export function createResponseUrls(workspace: Workspace, base: () => string): ResponseUrls {
  const made = new Map<string, ResponseUrl>()
  const forgetOld = () => {
    for (const [token, { madeAt }] of made) {
      if (workspace.now() - madeAt < LIFETIME_MS) return
      made.delete(token)
    }
  }
  return {
    make(origin) {
      forgetOld()
      const token = randomBytes(12).toString('base64url')
      made.set(token, { ...origin, uses: 0, madeAt: workspace.now() })
      return `${base()}/response/${token}`
    },
    usesOf: (url) => made.get(url.slice(url.lastIndexOf('/') + 1))?.uses ?? 0,
    answer(token, body) {
      const origin = made.get(token)
      const refused = (error: string, status: number) => ({ answer: json({ ok: false, error }, status), effect: null })
      if (!origin || workspace.now() - origin.madeAt > LIFETIME_MS) return refused('expired_url', 404)
      if (origin.uses >= USES) return refused('used_url', 404)
      const parsed = parse(body)
      if (!parsed) return refused('invalid_payload', 400)
      try {
        const effect = respond(workspace, origin, parsed)
        origin.uses += 1
        return { answer: json({ ok: true }), effect }
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error
        return { answer: json({ ok: false, error: error.code, ...error.details }, 400), effect: null }
      }
    },
  }
}

/** Shows what the app answered, as it asks: to one person, to all, or in place of what was clicked. */
export function respond(
  workspace: Workspace,
  origin: ResponseOrigin,
  body: Record<string, unknown>,
): [kind: string, key: string] | null {
  const blocks = acceptedBlocks(body.blocks) ?? []
  const text = typeof body.text === 'string' ? body.text : ''
  const { channel, ts } = origin
  if (body.delete_original === true && ts !== null) {
    remove(workspace, origin, ts)
    return ['message.deleted', `${channel.id}/${ts}`]
  }
  if (text === '' && blocks.length === 0) throw new SlackRefusal('no_text', {})
  if (body.replace_original === true && ts !== null && replace(workspace, origin, { ts, text, blocks })) {
    return ['message.updated', `${channel.id}/${ts}`]
  }
  const asked = typeof body.thread_ts === 'string' ? body.thread_ts : origin.threadTs
  const threadTs = asked === null ? null : (threadOf(channel, asked)?.ts ?? null)
  if (body.response_type === 'in_channel') {
    const message = addMessage(workspace, { channel, user: APP.userId, text, blocks, threadTs })
    return ['message.posted', `${channel.id}/${message.ts}`]
  }
  const posted = addEphemeral(workspace, { channel: channel.id, user: origin.userId, text, blocks, threadTs })
  return ['ephemeral.posted', `${channel.id}/${origin.userId}/${posted}`]
}

function remove(workspace: Workspace, { channel, ephemeral }: ResponseOrigin, ts: string): void {
  if (ephemeral) {
    workspace.ephemerals = workspace.ephemerals.filter((each) => each.ts !== ts)
    workspace.changed()
    return
  }
  const placed = channel.index.get(ts)
  if (placed) removeMessage(workspace, channel, placed)
}

interface Replacement {
  ts: string
  text: string
  blocks: unknown[]
}

function replace(workspace: Workspace, origin: ResponseOrigin, { ts, text, blocks }: Replacement): boolean {
  const placed: PlacedMessage | undefined = origin.channel.index.get(ts)
  const shown = origin.ephemeral ? workspace.ephemerals.find((each) => each.ts === ts) : placed?.message
  if (!shown) return false
  shown.text = text
  shown.blocks = withIds(blocks)
  if ('editedAt' in shown) shown.editedAt = new Date(workspace.now()).toISOString()
  workspace.changed()
  return true
}

function parse(body: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return isObject(parsed) ? parsed : null
  } catch {
    return null
  }
}
