import { createServer, type Socket } from 'node:net'
import { systemClock } from '../../clock.ts'
import { readMessage } from './read-message.ts'

export interface ReceivedMail {
  /** Milliseconds since 1970. */
  at: number
  from: string
  to: string[]
  subject: string
  text: string
}

export interface SmtpSink extends AsyncDisposable {
  /** `smtp://127.0.0.1:4711` */
  url: string
  port: number
  /** Newest last. */
  mails: ReceivedMail[]
  /** While true each message is answered with 451. */
  refusing: boolean
  /** Messages that were answered so. */
  refused: number
}

/** A mail server on this machine that keeps what it gets, and sends nothing anywhere. */
export async function startSmtpSink(onMail: (mail: ReceivedMail) => void = () => undefined): Promise<SmtpSink> {
  const sockets = new Set<Socket>()
  const sink = { url: '', port: 0, mails: [] as ReceivedMail[], refusing: false, refused: 0 }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    serve(socket, createVisit(sink, onMail))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  sink.port = typeof address === 'object' && address ? address.port : 0
  sink.url = `smtp://127.0.0.1:${sink.port}`
  return Object.assign(sink, {
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  })
}

/** What the server says to a line; null while a message is being read. */
type Visit = (line: string) => string | null

function serve(socket: Socket, visit: Visit): void {
  let pending = ''
  socket.write('220 sink\r\n')
  socket.on('data', (chunk) => {
    const lines = (pending + chunk.toString('utf8')).split('\r\n')
    pending = lines.pop() ?? ''
    for (const line of lines) {
      const answer = visit(line)
      if (answer !== null) socket.write(`${answer}\r\n`)
      if (answer?.startsWith('221')) socket.end()
    }
  })
}

function createVisit(sink: Omit<SmtpSink, keyof AsyncDisposable>, onMail: (mail: ReceivedMail) => void): Visit {
  let from = ''
  let to: string[] = []
  let data: string[] | null = null
  const address = (line: string): string => line.replace(/^.*<|>.*$/g, '')
  const keep = (lines: readonly string[]): string => {
    const mail = { at: systemClock.now(), from, to, ...readMessage(lines) }
    sink.mails.push(mail)
    onMail(mail)
    to = []
    data = null
    return '250 OK kept'
  }
  return (line) => {
    if (data) {
      if (line === '.') return keep(data)
      data.push(line.replace(/^\.\./, '.'))
      return null
    }
    const [verb] = line.toUpperCase().split(/[ :]/)
    if (verb === 'EHLO') return '250 sink'
    if (verb === 'QUIT') return '221 bye'
    if (verb === 'MAIL') from = address(line)
    if (verb === 'RCPT') to.push(address(line))
    if (verb !== 'DATA') return '250 OK'
    if (sink.refusing) {
      sink.refused += 1
      return '451 not now'
    }
    data = []
    return '354 go on'
  }
}
