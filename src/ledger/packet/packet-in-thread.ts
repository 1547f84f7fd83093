import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { UserMistake } from '../../domain/errors.ts'
import type { ReaderFiles } from '../reader/messages.ts'
import type { Packet, PacketOrder } from './make-packet.ts'

export interface PacketJob extends ReaderFiles {
  dataFolder: string
  order: PacketOrder
}

export type FromPacketThread =
  | { kind: 'actors'; actors: readonly string[] }
  | { kind: 'packet'; packet: Packet }
  /** `code`: of a mistake of whoever asked; null for anything else. */
  | { kind: 'failed'; message: string; code: string | null; hint: string }
export interface ToPacketThread {
  names: Readonly<Record<string, string>>
}

/** Names for actors as entries keep them, as far as they are known. */
export type NameActors = (actors: readonly string[]) => Promise<Readonly<Record<string, string>>>
/** Makes an evidence packet. Throws UserMistake. */
export type MakePacket = (order: PacketOrder, nameActors: NameActors) => Promise<Packet>

const THREAD = new URL('./packet-thread.ts', import.meta.url)
const THREAD_MEMORY = { maxOldGenerationSizeMb: 2_048 }

/** Makes packets in a thread that lives for one of them, one after the other. */
export function packetInThread(files: Omit<ReaderFiles, 'dbPath' | 'keysPath'> & { dataFolder: string }): MakePacket {
  const { dataFolder } = files
  const paths = { dbPath: join(dataFolder, 'purser.db'), keysPath: join(dataFolder, 'keys.db') }
  let last: Promise<unknown> = Promise.resolve()
  return (order, nameActors) => {
    const made = last.then(() => makeOne({ ...files, ...paths, order }, nameActors))
    last = made.catch(() => undefined)
    return made
  }
}

async function makeOne(job: PacketJob, nameActors: NameActors): Promise<Packet> {
  const thread = new Worker(THREAD, { workerData: job, resourceLimits: THREAD_MEMORY })
  try {
    return await new Promise((resolve, reject) => {
      thread.on('message', (message: FromPacketThread) => {
        if (message.kind === 'packet') return resolve(message.packet)
        if (message.kind === 'failed') return reject(failure(message))
        nameActors(message.actors).then((names) => thread.postMessage({ names } satisfies ToPacketThread), reject)
      })
      thread.on('error', reject)
      thread.on('exit', () => reject(new Error('The thread that makes an evidence packet ended before it was made')))
    })
  } finally {
    await thread.terminate()
  }
}

const failure = ({ message, code, hint }: Extract<FromPacketThread, { kind: 'failed' }>): Error =>
  code === null ? new Error(message) : new UserMistake({ code, message, hint })
