import { sendClick } from '../slack/interactions/click.ts'
import { sendClose } from '../slack/interactions/close-view.ts'
import { type Events, sendDirectMessage, sendHomeOpened, sendMention } from '../slack/interactions/events.ts'
import type { Parts } from '../slack/interactions/interaction.ts'
import { sendShortcut } from '../slack/interactions/shortcut.ts'
import { sendSlashCommand } from '../slack/interactions/slash.ts'
import { sendSubmission } from '../slack/interactions/submit.ts'
import { findPerson } from '../slack/people.ts'
import { uploadFile } from '../slack/upload-file.ts'
import { openView } from '../slack/views.ts'
import { ControlMistake } from './mistake.ts'
import { type Fields, neededChannel, neededText, objectField, optionalText, waitField } from './read-control.ts'

type Act = (fields: Fields) => Promise<object>

/** What a person can do, by the last part of the control call's path. */
export function actsOfPeople(parts: Parts, events: Events): Record<string, Act> {
  const { workspace } = parts
  const who = (fields: Fields) => findPerson(workspace, neededText(fields, 'user'))
  return {
    slash: async (fields) =>
      sendSlashCommand(parts, {
        user: who(fields),
        channel: neededChannel(workspace, fields),
        command: neededText(fields, 'command'),
        text: optionalText(fields, 'text') ?? '',
        waitMs: waitField(fields),
      }),
    submit: async (fields) => {
      const user = who(fields)
      const view = openView(workspace, user, optionalText(fields, 'view_id') ?? '')
      return sendSubmission(parts, { user, view, values: objectField(fields, 'values') })
    },
    'upload-file': async (fields) => {
      const chosen = {
        user: who(fields),
        name: neededText(fields, 'name'),
        mimetype: optionalText(fields, 'mimetype') ?? 'application/octet-stream',
        bytes: Buffer.from(optionalText(fields, 'content') ?? '', 'base64'),
      }
      const { id, name, size } = uploadFile(workspace, parts.url(), chosen)
      return { id, name, size }
    },
    click: async (fields) => click(parts, fields),
    'close-view': async (fields) => {
      const user = who(fields)
      const view = openView(workspace, user, optionalText(fields, 'view_id') ?? '')
      return sendClose(parts, { user, view, values: objectField(fields, 'values') })
    },
    mention: async (fields) => {
      const channel = neededChannel(workspace, fields)
      const threadTs = optionalText(fields, 'thread_ts')
      const said = { user: who(fields), channel, text: neededText(fields, 'text'), threadTs }
      const hint = `Purser is not in ${channel.name}, so Slack does not tell it.`
      return sendMention(parts, events, said) ?? { status: null, body: '', ms: 0, error: 'not_in_channel', hint }
    },
    unarchive: async (fields) => {
      const channel = neededChannel(workspace, fields)
      channel.archived = false
      workspace.changed()
      return {}
    },
    dm: async (fields) => sendDirectMessage(parts, events, who(fields), neededText(fields, 'text')),
    'open-home': async (fields) => sendHomeOpened(parts, events, who(fields)),
    shortcut: async (fields) => {
      const ts = optionalText(fields, 'ts')
      return sendShortcut(parts, {
        user: who(fields),
        callbackId: neededText(fields, 'callback_id'),
        on: ts === null ? null : { channel: neededChannel(workspace, fields), ts },
        waitMs: waitField(fields),
      })
    },
  }
}

function click(parts: Parts, fields: Fields): Promise<object> {
  const viewId = optionalText(fields, 'view_id')
  const ts = optionalText(fields, 'ts')
  if (viewId === null && ts === null) {
    const hint = 'Give "channel" and "ts" of a message, or the "view_id" of a modal or an App Home.'
    throw new ControlMistake({ code: 'missing_field', hint })
  }
  const at = viewId === null ? { channel: neededChannel(parts.workspace, fields), ts: ts ?? '' } : { viewId }
  return sendClick(parts, {
    user: findPerson(parts.workspace, neededText(fields, 'user')),
    at,
    actionId: neededText(fields, 'action_id'),
    blockId: optionalText(fields, 'block_id'),
    value: fields.selected ?? fields.value ?? null,
    entered: objectField(fields, 'values'),
    waitMs: waitField(fields),
  })
}
