import type { Dispatcher } from 'undici'

/** An answer as it came over the wire. */
export interface WireAnswer {
  status: number
  headers: Record<string, string>
  text: string
}

interface Limits {
  mostBytes: number
  /** undici's own limit is between two pieces: an answer that drips would hold its place in the lane for hours. */
  isLate(): boolean
}

/** Gathers one answer, piece by piece: a stream and its iterator for each of them cost more than sending it. */
export function gatherAnswer(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { mostBytes, isLate }: Limits,
): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    let status = 0
    let headers: Record<string, string> = {}
    let size = 0
    const chunks: Buffer[] = []
    dispatcher.dispatch(options, {
      onRequestStart: () => undefined,
      onResponseStart(_controller, statusCode, fields) {
        status = statusCode
        headers = flatHeaders(fields)
      },
      onResponseData(controller, chunk) {
        size += chunk.byteLength
        chunks.push(chunk)
        if (size > mostBytes) controller.abort(cutOff('ANSWER_TOO_LARGE', 'the answer is too large'))
        else if (isLate()) controller.abort(cutOff('ANSWER_TOO_SLOW', 'the answer drips'))
      },
      onResponseEnd: () => resolve({ status, headers, text: textOf(chunks) }),
      onResponseError: (_controller, error) => reject(error),
    })
  })
}

const textOf = ([first, ...more]: readonly Buffer[]): string => {
  if (!first) return ''
  return (more.length === 0 ? first : Buffer.concat([first, ...more])).toString('utf8')
}

const cutOff = (code: string, message: string): Error => Object.assign(new Error(message), { code })

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return flat
}
