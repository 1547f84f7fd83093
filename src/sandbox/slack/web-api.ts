import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from '../faults.ts'
import { type Answer, json, readBody } from '../http.ts'
import { BOT_TOKEN } from '../seed.ts'
import { answerUnderFault } from './answer-under-fault.ts'
import { type Arguments, readArguments, text } from './arguments.ts'
import type { Method } from './call.ts'
import type { FileUploads } from './file-uploads.ts'
import { methods } from './methods/index.ts'
import { refuse, SlackRefusal } from './refusal.ts'
import type { LoggedRequest, RequestLog } from './request-log.ts'
import type { Triggers } from './triggers.ts'
import type { Workspace } from './workspace.ts'

export interface WebApiParts {
  workspace: Workspace
  triggers: Triggers
  faults: Faults
  log: RequestLog
  uploads: FileUploads
  scopes: readonly string[]
  /** The median time of an answer. */
  latencyMs: () => number
  url: () => string
}

type Handle = (req: IncomingMessage, res: ServerResponse, url: URL) => Promise<void>

/** Answers Slack's Web API under `/api/`. */
export function createWebApi(parts: WebApiParts): Handle {
  const known: Record<string, Method> = { ...methods, ...parts.uploads.methods }

  async function answer(name: string, args: Arguments, logged: LoggedRequest): Promise<Answer> {
    const method = Object.hasOwn(known, name) ? known[name] : undefined
    try {
      if (!method) throw refuse('unknown_method', { req_method: name })
      if (name !== 'api.test') authorize(args, method, parts.scopes)
      const { workspace, triggers } = parts
      const did = (kind: string, key: string) => parts.log.done(logged.id, kind, key)
      const fields = await method.answer({ args, workspace, triggers, url: parts.url(), did })
      return json({ ok: true, ...fields }, 200, { 'x-oauth-scopes': parts.scopes.join(',') })
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error
      return json({ ok: false, error: error.code, ...error.details }, 200, { 'x-oauth-scopes': parts.scopes.join(',') })
    }
  }

  return async (req, res, url) => {
    const name = url.pathname.slice('/api/'.length)
    const request = `${req.method} ${url.pathname}`
    const body = (await readBody(req)).toString('utf8')
    const { args, bad } = argumentsOf(req, body, url)
    const logged = parts.log.received({ method: req.method ?? '', path: url.pathname, body: withoutToken(args) })
    await answerUnderFault({
      fault:
        name === 'auth.test' ? parts.faults.strikeUncounted('slack', request) : parts.faults.strike('slack', request),
      res,
      logged,
      latencyMs: parts.latencyMs(),
      act: () => (bad ? Promise.resolve(json({ ok: false, error: bad.code })) : answer(name, args, logged)),
    })
  }
}

interface Read {
  args: Arguments & { token?: unknown }
  bad: SlackRefusal | null
}

function argumentsOf(req: IncomingMessage, body: string, url: URL): Read {
  const bearer = /^Bearer (.+)$/i.exec(req.headers.authorization ?? '')?.[1]
  try {
    const args = readArguments(req.headers['content-type'] ?? '', body, url.searchParams)
    return { args: { ...args, token: bearer ?? args.token }, bad: null }
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error
    return { args: {}, bad: error }
  }
}

function authorize(args: Arguments, method: Method, scopes: readonly string[]): void {
  const token = text(args, 'token')
  if (token === '') throw refuse('not_authed')
  if (token !== BOT_TOKEN) throw refuse('invalid_auth')
  if (method.scope !== null && !scopes.includes(method.scope)) {
    throw refuse('missing_scope', { needed: method.scope, provided: scopes.join(',') })
  }
}

function withoutToken({ token: _token, ...args }: Arguments & { token?: unknown }): Arguments {
  return args
}
