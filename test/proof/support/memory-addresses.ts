import type { HttpResponse } from '../../../src/domain/operation.ts'
import { APP } from '../../../src/sandbox/seed.ts'
import { structured, text } from '../../../src/sandbox/slack/arguments.ts'
import type { Method } from '../../../src/sandbox/slack/call.ts'
import { createResponseUrls } from '../../../src/sandbox/slack/interactions/response-urls.ts'
import { addMessage } from '../../../src/sandbox/slack/messages.ts'
import { writableChannel } from '../../../src/sandbox/slack/methods/chat.ts'
import { refuse } from '../../../src/sandbox/slack/refusal.ts'
import type { Workspace } from '../../../src/sandbox/slack/workspace.ts'

type Did = (kind: string, key: string) => void

const ADDRESS = /\/(upload|response)\/([\w-]+)$/
const Files = (given: unknown): { id: string }[] => (Array.isArray(given) ? given : [])

/** The addresses that Slack hands out, to upload a file and to answer a click; nothing here stands against a second use. */
export function createMemoryAddresses(workspace: Workspace, base: string) {
  const responseUrls = createResponseUrls(workspace, () => base)
  const uploads = new Map<string, number>()
  const methods: Record<string, Method> = {
    'files.getUploadURLExternal': {
      scope: 'files:write',
      answer() {
        const id = workspace.nextId('F')
        uploads.set(id, 0)
        return { file_id: id, upload_url: `${base}/upload/${id}` }
      },
    },
    'files.completeUploadExternal': {
      scope: 'files:write',
      answer({ args, did }) {
        const files = Files(structured(args, 'files', 'invalid_arguments'))
        if (files.some(({ id }) => !uploads.get(id))) throw refuse('file_not_found')
        addMessage(workspace, {
          channel: writableChannel(workspace, text(args, 'channel_id')),
          user: APP.userId,
          text: '',
        })
        for (const { id } of files) did('file.shared', id)
        return { files }
      },
    },
  }
  return {
    methods,
    /** An address as it comes with a click of this person in this channel. */
    respondTo(userId: string, channelId: string): string {
      const channel = workspace.channels.get(channelId)
      if (!channel) throw new Error(`no channel ${channelId}`)
      return responseUrls.make({ channel, userId, ts: null, ephemeral: false, threadTs: null })
    },
    /** What is answered there; null when the path is none of these. */
    answer(path: string, body: Buffer, did: Did): HttpResponse | null {
      const [, kind, id = ''] = ADDRESS.exec(path) ?? []
      if (kind === undefined) return null
      if (kind === 'upload') {
        if (!uploads.has(id)) return plain(404, 'not found')
        uploads.set(id, body.length)
        return plain(200, `OK - ${body.length}`)
      }
      const { answer, effect } = responseUrls.answer(id, body.toString('utf8'))
      if (effect) did(...effect)
      return { status: answer.status, headers: answer.headers, body: JSON.parse(String(answer.body)) }
    },
  }
}

const plain = (status: number, body: string): HttpResponse => ({
  status,
  headers: { 'content-type': 'text/plain' },
  body,
})
