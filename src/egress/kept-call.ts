import type { HttpRequest, HttpResponse, Operation } from '../domain/operation.ts'
import type { Redactor } from '../secrets/redact.ts'
import type { Target } from './hosts.ts'

interface Request {
  request: HttpRequest
  target: Target
  headers: Readonly<Record<string, string>>
}

/** What the ledger keeps of a request. */
export function keptRequest<I, O>(
  redactor: Redactor,
  operation: Operation<I, O>,
  { request, target, headers }: Request,
): { url: string; headers: Record<string, string>; body: unknown } {
  return {
    url: request.url ? target.template : redactor.scrubText(target.url.href),
    ...redacted(redactor, operation, { headers, body: request.body }),
  }
}

/** What the ledger keeps of an answer. */
export function keptAnswer<I, O>(
  redactor: Redactor,
  { operation, input }: { operation: Operation<I, O>; input: I },
  { status, headers, body }: HttpResponse,
): { headers: Record<string, string>; body: unknown } {
  const cut = operation.keep && status < 300 ? operation.keep(body, input) : body
  return redacted(redactor, operation, { headers, body: cut })
}

const redacted = <I, O>(
  redactor: Redactor,
  { dropBodies, secretFields = [] }: Operation<I, O>,
  { headers, body }: Pick<HttpResponse, 'headers' | 'body'>,
) => redactor.redactCall({ headers, body: dropBodies ? undefined : body, secretFields })
