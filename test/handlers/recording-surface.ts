import type { HomeView, ModalView } from '@slack/types'
import type { UserId } from '../../src/domain/ids.ts'
import type { About, Surface } from '../../src/slack/surface.ts'
import type { Drawing } from '../../views/drawing.ts'
import { expectMessage, expectView, wordsOf } from '../views/drawn.ts'

export interface Shown {
  to: 'one' | 'all'
  /** Who alone sees it. */
  user?: UserId
  drawing: Drawing
  words: string
  about: About | null
  replaced: boolean
  threadTs: string | null
  channel: string | null
}

/** Keeps what would be shown, and fails for what Slack would refuse. */
export function recordingSurface() {
  const shown: Shown[] = []
  const windows: ModalView[] = []
  const updates: ModalView[] = []
  const homes: HomeView[] = []
  const files: { name: string; bytes: Uint8Array; text: string; comment: string }[] = []
  const order: string[] = []
  /** What windows are refused with. */
  const refuse: Record<'update' | 'open' | 'post', Error | null> = { update: null, open: null, post: null }
  /** Of what was posted, so that a crash does not post it twice. */
  const keys: string[] = []
  /** Keys of those that are looked for first: a crash may have left them posted. */
  const suspected: string[] = []

  const show = (parts: Omit<Shown, 'words'>): void => {
    expectMessage(parts.drawing)
    order.push('message')
    shown.push({ ...parts, words: wordsOf(parts.drawing.blocks) })
  }
  const openWindow = (view: ModalView): void => {
    expectView(view)
    windows.push(view)
  }
  const port: Surface = {
    async post({ channel, threadTs, key, mayStand }, drawing, about) {
      if (refuse.post) throw refuse.post
      keys.push(key)
      if (mayStand) suspected.push(key)
      show({ to: 'all', drawing, about, replaced: false, threadTs, channel })
      return { channel, ts: `${keys.length}.1` }
    },
    async update() {
      throw new Error('handlers update no cards')
    },
    async reply({ threadTs, channel }, drawing, about) {
      show({ to: 'all', drawing, about, replaced: false, threadTs, channel })
    },
    async whisper({ threadTs, channel, user }, drawing, { replace = false, about = null as About | null } = {}) {
      show({ to: 'one', user, drawing, about, replaced: replace, threadTs, channel })
    },
    async confirm({ threadTs, channel, user }, drawing, about) {
      show({ to: 'one', user, drawing, about, replaced: false, threadTs, channel })
    },
    async openView(_about, _trigger, view) {
      if (refuse.open) throw refuse.open
      order.push('open')
      openWindow(view)
      return { viewId: `V${windows.length}`, hash: 'h' }
    },
    async pushView(_about, _trigger, view) {
      order.push('push')
      openWindow(view)
      return { viewId: `V${windows.length}`, hash: 'h' }
    },
    async updateView(_about, _opened, view) {
      order.push('update')
      if (refuse.update) throw refuse.update
      updates.push(view)
      openWindow(view)
    },
    async openDirect(_team, user) {
      return `D${user}`
    },
    async publishHome(_team, _user, view) {
      expectView(view)
      homes.push(view)
    },
    async sendFile(_to, file) {
      files.push({ ...file, text: Buffer.from(file.bytes).toString() })
    },
  }
  return {
    ...{ port, shown, keys, suspected, windows, updates, homes, files, order, refuse },
    last: () => {
      const last = shown.at(-1)
      if (!last) throw new Error('nothing was shown')
      return last
    },
    window: () => {
      const last = windows.at(-1)
      if (!last) throw new Error('no window was opened')
      return last
    },
  }
}
