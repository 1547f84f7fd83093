import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from '../faults.ts'
import { type Answer, json, readBody } from '../http.ts'
import { answerUnderFault } from './answer-under-fault.ts'
import type { FileUploads } from './file-uploads.ts'
import type { ResponseUrls } from './interactions/response-urls.ts'
import type { RequestLog } from './request-log.ts'
import type { Workspace } from './workspace.ts'

interface AddressParts {
  workspace: Workspace
  faults: Faults
  log: RequestLog
  uploads: FileUploads
  responseUrls: ResponseUrls
  latencyMs: () => number
}

interface HandedOutAddresses {
  handles(path: string): boolean
  handle(req: IncomingMessage, res: ServerResponse, url: URL): Promise<void>
}

const ADDRESS = /^\/(upload\/v1|response|files)\/([\w-]+)/

/** Answers the addresses that Slack hands out: to upload a file, to download it, to respond to an interaction. */
export function createHandedOutAddresses(parts: AddressParts): HandedOutAddresses {
  return {
    handles: (path) => ADDRESS.test(path),
    async handle(req, res, url) {
      const [, kind, id = ''] = ADDRESS.exec(url.pathname) ?? []
      const bytes = await readBody(req)
      const body = kind === 'response' ? bytes.toString('utf8') : { bytes: bytes.length }
      const logged = parts.log.received({ method: req.method ?? '', path: url.pathname, body })
      const contentType = req.headers['content-type'] ?? ''
      await answerUnderFault({
        fault: parts.faults.strike('slack', `${req.method} ${url.pathname}`),
        res,
        logged,
        latencyMs: parts.latencyMs(),
        async act() {
          if (kind === 'files') return download(parts.workspace, id)
          if (kind === 'upload/v1') return text(await parts.uploads.receive(id, contentType, bytes))
          const { answer, effect } = parts.responseUrls.answer(id, bytes.toString('utf8'))
          if (effect) parts.log.done(logged.id, ...effect)
          return answer
        },
      })
    },
  }
}

function text({ status, body }: { status: number; body: string }): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

function download(workspace: Workspace, id: string): Answer {
  const file = workspace.files.get(id)
  if (!file) return json({ ok: false, error: 'file_not_found' }, 404)
  const name = encodeURIComponent(file.name)
  return {
    status: 200,
    headers: {
      'content-type': file.mimetype,
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
      'x-content-type-options': 'nosniff',
    },
    body: file.bytes,
  }
}
