import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with one write; `after` when the thing was made all the same. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; after?: boolean }
  /** The connection is reset. */
  | { kind: 'reset'; after?: boolean }
  /** No answer comes at all. */
  | { kind: 'silence'; after?: boolean }
  /** The thing is made, and the answer is not what was promised. */
  | { kind: 'cut-json' | 'cut-body' | 'wrong-type' | 'huge' | 'drip' }
  /** The thing is made and answered, and a second answer follows that nobody asked for. */
  | { kind: 'twice' }
  /** The thing is made, and at that moment our own disk is full. */
  | { kind: 'our-disk' }

export interface Thing {
  id: string
  name: string
}

interface Received {
  method: string
  path: string
  key: string | undefined
}

/** A vendor's service on this machine: things that are made, found, refused a second time; and faults on writes. */
export async function startVendor() {
  const things: Thing[] = []
  const keys = new Map<string, Thing>()
  const received: Received[] = []
  const faults: Fault[] = []
  const lookFaults: Fault[] = []
  const hooks: { onRequest: () => Promise<void>; onOurDisk: () => void } = {
    onRequest: async () => undefined,
    onOurDisk: () => undefined,
  }
  let fired = 0

  const make = (name: string): Thing => {
    const thing = { id: `t${things.length + 1}`, name }
    things.push(thing)
    return thing
  }

  /** Does what was asked for and says what the answer would be. */
  const act = (request: IncomingMessage, body: string): { status: number; body: unknown } => {
    const url = new URL(request.url ?? '/', 'http://vendor.example')
    const name = url.searchParams.get('name') ?? (body ? (JSON.parse(body) as Thing).name : '')
    const there = things.find((thing) => thing.name === name)
    if (request.method === 'GET') return { status: 200, body: things.filter((thing) => thing.name === name) }
    if (request.method === 'PUT') return { status: 200, body: there ?? make(name) }
    const key = request.headers['idempotency-key']
    if (typeof key === 'string') {
      const made = keys.get(key) ?? make(name)
      keys.set(key, made)
      return { status: 201, body: made }
    }
    if (url.pathname === '/unique' && there) return { status: 409, body: { code: 'exists' } }
    return { status: 201, body: make(name) }
  }

  const server = createServer((request, response) => {
    void (async () => {
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const key = request.headers['idempotency-key']
      received.push({
        method: request.method ?? '',
        path: (request.url ?? '').split('?', 1)[0] ?? '',
        key: typeof key === 'string' ? key : undefined,
      })
      await hooks.onRequest()
      const fault = (request.method === 'GET' ? lookFaults : faults).shift()
      if (fault) fired += 1
      const answer = !fault || made(fault) ? act(request, body) : { status: 500, body: {} }
      if (fault?.kind === 'our-disk') hooks.onOurDisk()
      if (fault && fault.kind !== 'our-disk') misbehave(response, fault, answer.body)
      else send(response, answer.status, answer.body)
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    host: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    things,
    received,
    writes: () => received.filter((request) => request.method !== 'GET'),
    faults,
    lookFaults,
    hooks,
    fired: () => fired,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const made = (fault: Fault): boolean =>
  fault.kind === 'status' || fault.kind === 'reset' || fault.kind === 'silence' ? fault.after === true : true

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function misbehave(response: ServerResponse, fault: Exclude<Fault, { kind: 'our-disk' }>, body: unknown): void {
  const text = JSON.stringify(body)
  switch (fault.kind) {
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end('{}')
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'silence':
      return
    case 'cut-json':
      response.writeHead(200, { 'content-type': 'application/json' }).end(text.slice(0, -3))
      return
    case 'cut-body':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length + 50 })
      response.write(text, () => response.socket?.destroy())
      return
    case 'wrong-type':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
      return
    case 'twice': {
      const other = JSON.stringify({ id: 'not-asked-for', name: 'Somebody else' })
      const head = `HTTP/1.1 201 Created\r\ncontent-type: application/json\r\ncontent-length: ${other.length}\r\n\r\n`
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': text.length })
      response.end(text, () => response.socket?.write(head + other))
      return
    }
    case 'huge':
      response.writeHead(200, { 'content-type': 'application/json' }).end(`"${'x'.repeat(5 * 1024 * 1024)}"`)
      return
    case 'drip': {
      response.writeHead(200, { 'content-type': 'application/json' })
      const dripping = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(dripping))
    }
  }
}
