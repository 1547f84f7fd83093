import { createEmulator, type Emulator } from 'emulate'
import { APP, BOT_TOKEN } from '../seed.ts'
import { structured, text } from './arguments.ts'
import { isObject } from './block-kit/checks.ts'
import type { Call, Method } from './call.ts'
import { describeFile } from './describe.ts'
import { addMessage, threadOf } from './messages.ts'
import { writableChannel } from './methods/chat.ts'
import { refuse } from './refusal.ts'
import type { Channel, StoredFile, Workspace } from './workspace.ts'

/** Slack's upload in three steps: ask for an address, send the bytes to it, share the file. */
export interface FileUploads {
  methods: Record<string, Method>
  /** Takes the bytes of a file; the answer is the status and text for the uploader. */
  receive(fileId: string, contentType: string, bytes: Buffer): Promise<{ status: number; body: string }>
  close(): Promise<void>
}

interface Uploaded {
  id: string
  name: string
  title: string
  mimetype: string
  size: number
}

/** Lets `emulate` keep the upload sessions; it is started at the first upload. */
export function createFileUploads(workspace: Workspace): FileUploads {
  let started: Promise<Emulator> | null = null
  const received = new Map<string, Buffer>()

  async function emulator(): Promise<string> {
    started ??= createEmulator({
      service: 'slack',
      port: 0,
      seed: { slack: { tokens: [{ token: BOT_TOKEN, user: APP.userId }] } },
    })
    return `http://127.0.0.1:${new URL((await started).url).port}`
  }

  async function ask(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
    const response = await fetch(`${await emulator()}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    })
    const answer: unknown = await response.json()
    if (!isObject(answer)) throw new TypeError(`emulate answered ${method} with something that is no object`)
    if (answer.ok !== true) throw refuse(String(answer.error))
    return answer
  }

  return {
    methods: {
      'files.getUploadURLExternal': {
        scope: 'files:write',
        async answer({ args, url }) {
          const { file_id } = await ask('files.getUploadURLExternal', args)
          return { upload_url: `${url}/upload/v1/${String(file_id)}`, file_id }
        },
      },
      'files.completeUploadExternal': {
        scope: 'files:write',
        async answer(call) {
          const target = shareTarget(call)
          const files = structured(call.args, 'files', 'invalid_arguments')
          const { files: completed } = await ask('files.completeUploadExternal', { files })
          const stored = uploaded(completed).map((file) => {
            const bytes = received.get(file.id) ?? Buffer.alloc(0)
            received.delete(file.id)
            return store(call, { ...file, bytes })
          })
          share(call, stored, target)
          return { files: stored.map(describeFile) }
        },
      },
    },
    async receive(fileId, contentType, bytes) {
      const response = await fetch(`${await emulator()}/upload/v1/${encodeURIComponent(fileId)}`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: new Uint8Array(bytes),
      })
      if (response.ok) received.set(fileId, await contentOf(contentType, bytes))
      return { status: response.status, body: await response.text() }
    },
    async close() {
      if (started) await (await started).close()
    },
  }

  function store(call: Call, file: Uploaded & { bytes: Buffer }): StoredFile {
    const { id, name, title, bytes } = file
    const url = `${call.url}/files/${id}/${encodeURIComponent(name)}`
    const mimetype = mimetypeOf(name) ?? file.mimetype
    const stored = {
      id,
      name,
      title,
      mimetype,
      size: bytes.length,
      user: APP.userId,
      channel: null,
      ts: '',
      url,
      bytes,
    }
    workspace.files.set(id, stored)
    call.did('file.uploaded', name)
    return stored
  }
}

interface Target {
  channel: Channel
  threadTs: string | null
}

function shareTarget({ args, workspace }: Call): Target | null {
  const reference = text(args, 'channel_id') || text(args, 'channels')
  if (reference === '') return null
  const channel = writableChannel(workspace, reference)
  const ts = text(args, 'thread_ts')
  const parent = ts === '' ? null : threadOf(channel, ts)
  if (ts !== '' && !parent) throw refuse('invalid_thread_ts')
  return { channel, threadTs: parent?.ts ?? null }
}

function share(call: Call, files: StoredFile[], target: Target | null): void {
  if (target) {
    const words = text(call.args, 'initial_comment')
    const message = addMessage(call.workspace, { ...target, user: APP.userId, text: words })
    for (const file of files) Object.assign(file, { channel: target.channel.id, ts: message.ts })
    call.did('message.posted', `${target.channel.id}/${message.ts}`)
  }
  call.workspace.changed()
}

/** The file itself: what was sent, or the part of the form that is the file. */
async function contentOf(contentType: string, bytes: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return bytes
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData()
  for (const part of form.values()) {
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer())
  }
  return bytes
}

function uploaded(files: unknown): Uploaded[] {
  if (!Array.isArray(files)) return []
  return files.filter(isObject).map((file) => ({
    id: String(file.id),
    name: String(file.name),
    title: String(file.title),
    mimetype: String(file.mimetype),
    size: Number(file.size),
  }))
}

function mimetypeOf(name: string): string | null {
  const extension = name.slice(name.lastIndexOf('.') + 1)
  const known: Record<string, string> = {
    csv: 'text/csv',
    json: 'application/json',
    jsonl: 'application/jsonl',
    md: 'text/markdown',
    txt: 'text/plain',
    zip: 'application/zip',
  }
  return known[extension] ?? null
}
