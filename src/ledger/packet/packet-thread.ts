import { parentPort, workerData } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { PurserError } from '../../domain/errors.ts'
import { readSubjectKeys } from '../../secrets/read-subject-keys.ts'
import { makePacket } from './make-packet.ts'
import type { FromPacketThread, PacketJob, ToPacketThread } from './packet-in-thread.ts'

/** Reads, opens and packs beside the writer, for the length of one packet. */
const { dbPath, keysPath, masterKey, dataFolder, order } = workerData as PacketJob
const port = parentPort
if (!port) throw new Error('packet-thread.ts runs as a thread alone')
const say = (message: FromPacketThread): void => port.postMessage(message)
const db = new Database(dbPath, { readonly: true, fileMustExist: true })
db.pragma('trusted_schema = OFF')
db.pragma('cell_size_check = ON')
const keys = readSubjectKeys(keysPath, masterKey)
try {
  const nameActors = (actors: readonly string[]): Promise<Readonly<Record<string, string>>> =>
    new Promise((resolve) => {
      port.once('message', ({ names }: ToPacketThread) => resolve(names))
      say({ kind: 'actors', actors })
    })
  say({ kind: 'packet', packet: await makePacket({ db, keys, dataFolder, nameActors }, order) })
} catch (error) {
  const parts = error instanceof PurserError ? { code: error.code, hint: error.hint } : { code: null, hint: '' }
  say({ kind: 'failed', message: error instanceof Error ? error.message : String(error), ...parts })
} finally {
  keys.close()
  db.close()
  port.close()
}
