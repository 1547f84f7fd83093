import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** Slack's end of Socket Mode: says hello, sends envelopes, hears acknowledgements, and can be cut at any time. */
export async function openSocketServer() {
  const sockets = new Set<Duplex>()
  const acked: string[] = []
  let connections = 0
  /** No line is given out before this. */
  const asked = { answered: Promise.resolve() }
  const server = createServer()
  server.on('upgrade', (req, socket: Duplex) => {
    const accept = createHash('sha1').update(`${req.headers['sec-websocket-key']}${MAGIC}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    let pending = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk])
      for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
        pending = pending.subarray(frame.size)
        if (frame.opcode === 8) socket.end(Buffer.from([0x88, 2, 0x03, 0xe8]))
        if (frame.opcode === 1) acked.push((JSON.parse(frame.text) as { envelope_id: string }).envelope_id)
      }
    })
    send(socket, { type: 'hello', num_connections: 1 })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`

  async function connected(nth: number): Promise<Duplex> {
    for (let tries = 0; tries < 10_000; tries++) {
      const [socket] = sockets
      if (connections >= nth && socket) return socket
      await sleep(5)
    }
    throw new Error(`connection ${nth} did not come`)
  }
  return {
    acked,
    connections: () => connections,
    /** Lines that stand now. */
    open: () => sockets.size,
    connected,
    asked,
    /** As `apps.connections.open` answers. */
    fetch: (async () => {
      await asked.answered
      return Response.json({ ok: true, url })
    }) as unknown as typeof fetch,
    async deliver(nth: number, envelope: object): Promise<void> {
      send(await connected(nth), envelope)
    },
    cut(): void {
      for (const socket of sockets) socket.destroy()
    },
    async close(): Promise<void> {
      // The goodbye of both ends takes a moment.
      for (let tries = 0; tries < 200 && sockets.size > 0; tries++) await sleep(5)
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(socket: Duplex, message: object): void {
  const body = Buffer.from(JSON.stringify(message))
  const head =
    body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.from([0x81, 126, body.length >> 8, body.length & 255])
  socket.write(Buffer.concat([head, body]))
}

/** A client's frames are masked, and none of these is longer than 64 kB. */
function readFrame(data: Buffer): { opcode: number; text: string; size: number } | null {
  const [first, second] = data
  if (first === undefined || second === undefined) return null
  const short = second & 127
  const at = short === 126 ? 4 : 2
  if (data.length < at) return null
  const length = short === 126 ? data.readUInt16BE(2) : short
  if (data.length < at + 4 + length) return null
  const mask = data.subarray(at, at + 4)
  const body = data.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ (mask[index % 4] ?? 0))
  return { opcode: first & 15, text: Buffer.from(body).toString('utf8'), size: at + 4 + length }
}
