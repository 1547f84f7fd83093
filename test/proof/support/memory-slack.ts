import type { HttpResponse } from '../../../src/domain/operation.ts'
import type { WireRequest } from '../../../src/egress/http-client.ts'
import { readArguments } from '../../../src/sandbox/slack/arguments.ts'
import { methods } from '../../../src/sandbox/slack/methods/index.ts'
import { SlackRefusal } from '../../../src/sandbox/slack/refusal.ts'
import { createTriggers } from '../../../src/sandbox/slack/triggers.ts'
import { createWorkspace, type Workspace, type WorkspaceContents } from '../../../src/sandbox/slack/workspace.ts'
import type { SandboxMessage } from '../../../src/sandbox/state.ts'
import { createMemoryAddresses } from './memory-addresses.ts'

export type SlackContents = WorkspaceContents

/** The sandbox's Slack without its server: the same methods over the same workspace. */
export function createMemorySlack(now: () => number, base: string, from?: SlackContents) {
  const workspace = from ? createWorkspace(now, structuredClone(from)) : createWorkspace(now)
  const triggers = createTriggers(now)
  const addresses = createMemoryAddresses(workspace, base)
  return {
    async answer(request: WireRequest, did: (kind: string, key: string) => void): Promise<HttpResponse> {
      const handedOut = addresses.answer(request.url.pathname, Buffer.from(request.body ?? ''), did)
      if (handedOut) return handedOut
      const name = request.url.pathname.split('/').at(-1) ?? ''
      const args = readArguments(request.headers['content-type'] ?? '', textOf(request.body), request.url.searchParams)
      const method = methods[name] ?? addresses.methods[name]
      if (!method) throw new Error(`the sandbox's Slack has no ${name}`)
      try {
        const fields = await method.answer({ args, workspace, triggers, url: 'https://acme.example', did })
        return asJson({ ok: true, ...fields })
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error
        return asJson({ ok: false, error: error.code, ...error.details })
      }
    },
    /** What a click gives, to open a window with; `view`: the window in which it was. */
    trigger: (user: string, view: string | null = null): string => triggers.make(user, view).id,
    /** An address at which a click of this person in this channel is answered. */
    respondTo: addresses.respondTo,
    /** The keys of all messages that Purser posted, of those in threads too. */
    keys: (): string[] => messagesOf(workspace).flatMap((message) => keyOf(message) ?? []),
    texts: (): string[] => messagesOf(workspace).map(({ text }) => text),
    keep: (): SlackContents =>
      structuredClone({
        users: [...workspace.users.values()],
        channels: [...workspace.channels.values()].map(({ index: _index, ...channel }) => channel),
        ephemerals: workspace.ephemerals,
        views: Object.fromEntries(workspace.views),
        homes: Object.fromEntries(workspace.homes),
        files: [...workspace.files.values()],
      }),
  }
}

const messagesOf = (workspace: Workspace): SandboxMessage[] =>
  [...workspace.channels.values()].flatMap(({ messages }) => messages.flatMap((each) => [each, ...each.replies]))

const keyOf = (message: SandboxMessage): string | null => {
  const metadata = message.metadata as { event_payload?: { key?: string } } | null
  return metadata?.event_payload?.key ?? null
}

/** As it comes off the wire. */
const asJson = (body: object): HttpResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.parse(JSON.stringify(body)),
})

const textOf = (body: WireRequest['body']): string => Buffer.from(body ?? '').toString('utf8')
