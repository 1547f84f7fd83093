import { channel } from 'node:diagnostics_channel'
import { connecting } from '../../src/egress/http-client.ts'

/** Something opened a socket: where the egress was not at work, with the stack that shows who. */
interface StraySocket {
  stack: string
}

/** The mail client's own socket, opened by what Purser's one sender of mail calls. */
export const isMailSocket = (stack: string): boolean => stack.includes('/node_modules/nodemailer/')

/**
 * Watches every client socket that this process opens. Those between the egress's own begin and end are its own; all
 * others are strays, except where `allowed` knows the stack (Slack's own socket, the mail client).
 */
export function watchSockets(allowed: (stack: string) => boolean = () => false) {
  const sockets = channel('net.client.socket')
  const strays: StraySocket[] = []
  let own = 0
  let listed = 0
  let depth = 0
  const onConnecting = (message: unknown): void => {
    depth += (message as { phase: 'begin' | 'end' }).phase === 'begin' ? 1 : -1
  }
  const onSocket = (): void => {
    if (depth > 0) {
      own += 1
      return
    }
    const { stack = '' } = new Error('a socket was opened')
    if (allowed(stack)) listed += 1
    else strays.push({ stack })
  }
  connecting.subscribe(onConnecting)
  sockets.subscribe(onSocket)
  return {
    strays,
    /** Sockets that the egress opened. */
    own: () => own,
    /** Sockets that `allowed` knew. */
    listed: () => listed,
    [Symbol.dispose]() {
      connecting.unsubscribe(onConnecting)
      sockets.unsubscribe(onSocket)
    },
  }
}
