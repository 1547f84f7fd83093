import type { HomeView, ModalView } from '@slack/types'
import { answeredHere } from '../../views/answers/answered-here.ts'
import type { Drawing } from '../../views/drawing.ts'
import { conversationOpen } from '../connectors/slack/channels.ts'
import { fileUpload, uploadComplete, uploadPlace } from '../connectors/slack/files.ts'
import type { PostedMessage } from '../connectors/slack/message.ts'
import { ephemeralPost, messagePost, messageUpdate } from '../connectors/slack/messages.ts'
import { respond } from '../connectors/slack/respond.ts'
import { type OpenedView, viewOpen, viewPublish, viewPush, viewUpdate } from '../connectors/slack/windows.ts'
import { PAINTER } from '../domain/actor.ts'
import type { RunId, StepKey, SubjectId, TeamId, UserId } from '../domain/ids.ts'
import type { Operation } from '../domain/operation.ts'
import type { CallScope, Egress } from '../egress/scope.ts'
import { isClosed } from './closed-places.ts'

/** What something shown in Slack is about; decides whose key seals it in the ledger, and where `/audit` finds it. */
export interface About {
  team: TeamId
  subjects: readonly SubjectId[]
  run: RunId | null
  step: StepKey | null
}

/** Where a private answer goes: to the place of the command or click when it has an address, else to the channel or DM. */
export interface PrivatePlace {
  team: TeamId
  user: UserId
  channel: string | null
  threadTs: string | null
  responseUrl: string | null
}

export interface NewCard {
  channel: string
  threadTs: string | null
  /** Tells the message from all others. */
  key: string
  notBefore: number
  /** Whether it may stand already: posted before a restart, and not noted. */
  mayStand: boolean
}

interface ReplyPlace {
  channel: string
  threadTs: string | null
  key: string
  /** Who is told in direct messages where the place takes nothing. */
  asker?: UserId
  /** It may have been answered before a restart. */
  mayStand?: true
}

/** Everything that Purser shows in Slack; each call goes through the egress like any other. */
export interface Surface {
  post(card: NewCard, drawing: Drawing, about: About): Promise<PostedMessage>
  update(place: PostedMessage, drawing: Drawing, about: About): Promise<void>
  /** Answers in a thread, for all to see. */
  reply(place: ReplyPlace, drawing: Drawing, about: About): Promise<void>
  /** Tells one person alone. `replace` puts it in the place of the message that was clicked. */
  whisper(place: PrivatePlace, drawing: Drawing, options?: { replace?: boolean; about?: About }): Promise<void>
  /** Tells one person what a card tells too; left out while many such wait, as it would come late and keep others waiting. */
  confirm(place: PrivatePlace, drawing: Drawing, about: About): Promise<void>
  openView(about: About, triggerId: string, view: ModalView): Promise<OpenedView>
  /** Puts a window on top of the one in which the button stands. */
  pushView(about: About, triggerId: string, view: ModalView): Promise<OpenedView>
  updateView(about: About, opened: OpenedView, view: ModalView): Promise<void>
  /** The channel of the direct conversation with somebody. */
  openDirect(team: TeamId, user: UserId): Promise<string>
  publishHome(team: TeamId, user: UserId, view: HomeView): Promise<void>
  /** Puts a file into somebody's direct messages. */
  sendFile(
    to: { team: TeamId; user: UserId },
    file: { name: string; title: string; bytes: Uint8Array; comment: string },
  ): Promise<void>
}

/** A window is of use for three seconds only. */
const ONCE = { tries: 1, withinMs: 3_000, firstDelayMs: 0 }
/** Confirmations that wait for Slack at a time; it takes some two a second for a workspace. */
const MOST_CONFIRMED = 10
const PATIENT = { tries: 3, withinMs: 30_000, firstDelayMs: 500 }

export function createSurface(egress: Egress): Surface {
  const call = <I, O>(
    operation: Operation<I, O>,
    input: I,
    how: { about: About; key: string; earlierCalls?: boolean; tries?: CallScope['tries'] },
  ): Promise<O> =>
    egress.call({
      operation,
      input,
      scope: {
        team: how.about.team,
        actor: PAINTER,
        subjects: how.about.subjects,
        urgent: true,
        purpose: {
          key: how.key,
          run: how.about.run,
          step: how.about.step,
          earlierCalls: how.earlierCalls ?? false,
        },
        tries: how.tries ?? PATIENT,
      },
    })

  const direct = async (team: TeamId, user: UserId): Promise<string> =>
    (await call(conversationOpen, { user }, { about: nobody(team), key: `dm/${user}` })).channel

  let confirming = 0
  const whisper: Surface['whisper'] = async (place, drawing, options = {}) => {
    const about = options.about ?? nobody(place.team)
    const key = `whisper/${place.user}`
    if (place.responseUrl) {
      await call(respond, { ...drawing, url: place.responseUrl, replace: options.replace ?? false }, { about, key })
    } else if (place.channel) {
      const message = { ...drawing, channel: place.channel, user: place.user, ...thread(place.threadTs) }
      await call(ephemeralPost, message, { about, key })
    } else {
      const channel = await direct(place.team, place.user)
      await call(ephemeralPost, { ...drawing, channel, user: place.user }, { about, key })
    }
  }

  return {
    post: (card, drawing, about) =>
      call(
        messagePost,
        { ...drawing, channel: card.channel, key: card.key, notBefore: card.notBefore, ...thread(card.threadTs) },
        { about, key: `card/${card.key}`, earlierCalls: card.mayStand },
      ),
    async update(place, drawing, about) {
      await call(messageUpdate, { ...drawing, ...place }, { about, key: `message/${place.channel}/${place.ts}` })
    },
    async reply(place, drawing, about) {
      const message = { ...drawing, channel: place.channel, key: place.key, ...thread(place.threadTs) }
      const how = { about, earlierCalls: place.mayStand ?? false }
      try {
        await call(messagePost, message, { ...how, key: `reply/${place.key}` })
      } catch (error) {
        if (!isClosed(error) || !place.asker || place.channel.startsWith('D')) throw error
        const key = `${place.key}/direct`
        const channel = await direct(about.team, place.asker)
        const told = answeredHere(drawing, error.message)
        await call(messagePost, { ...told, channel, key }, { ...how, key: `reply/${key}` })
      }
    },
    whisper,
    async confirm(place, drawing, about) {
      if (confirming >= MOST_CONFIRMED) return
      confirming += 1
      try {
        await whisper(place, drawing, { about })
      } finally {
        confirming -= 1
      }
    },
    openView: (about, triggerId, view) => call(viewOpen, { triggerId, view }, { about, key: 'view', tries: ONCE }),
    pushView: (about, triggerId, view) => call(viewPush, { triggerId, view }, { about, key: 'view', tries: ONCE }),
    async updateView(about, { viewId, hash }, view) {
      await call(viewUpdate, { viewId, hash, view }, { about, key: `view/${viewId}`, tries: ONCE })
    },
    openDirect: direct,
    async publishHome(team, user, view) {
      await call(viewPublish, { user, view }, { about: nobody(team), key: `home/${user}` })
    },
    async sendFile({ team, user }, file) {
      const how = { about: nobody(team), key: `file/${user}/${file.name}` }
      const place = await call(uploadPlace, { name: file.name, bytes: file.bytes.byteLength }, how)
      await call(fileUpload, { url: place.url, bytes: file.bytes }, how)
      const channel = await direct(team, user)
      await call(uploadComplete, { fileId: place.fileId, title: file.title, channel, comment: file.comment }, how)
    },
  }
}

const thread = (threadTs: string | null) => (threadTs ? { threadTs } : {})

/** What is about no subject is sealed under the team's own key. */
export const nobody = (team: TeamId): About => ({ team, subjects: [], run: null, step: null })
