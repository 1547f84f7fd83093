import { createSecretKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { PersonNeeded } from '../domain/errors.ts'
import { KEY_BYTES } from './aes-gcm.ts'

export interface MasterKey {
  key: KeyObject
  /** Base64, as it is configured; for the redaction's list of secrets. */
  text: string
  /** Where it came from, for the log. */
  from: 'environment' | 'file' | 'made'
}

interface Sources {
  /** `PURSER_MASTER_KEY`. */
  environment: string | undefined
  /** `<data>/master.key`; made on the first start when the environment names none. */
  file: string
  /** `<data>/keys.db`: when it stands already, no new master key is made, since it could open nothing. */
  keysPath: string
}

const HOW_TO_MAKE = 'make one with `openssl rand -base64 32`'
const OPEN_TO_OTHERS = 0o077

/** The key that wraps all others: from the environment, else from its file, else made once. Throws PersonNeeded. */
export function loadMasterKey({ environment, file, keysPath }: Sources): MasterKey {
  if (environment !== undefined && environment.trim() !== '') {
    return parse(environment, { from: 'environment', where: 'PURSER_MASTER_KEY' })
  }
  if (existsSync(file)) return readKeyFile(file, 'file')
  if (existsSync(keysPath)) {
    throw new PersonNeeded({
      code: 'master-key-missing',
      message: `There is no master key, neither in PURSER_MASTER_KEY nor in ${file}, but ${keysPath} was written under one`,
      hint: 'Put master.key beside keys.db, or set PURSER_MASTER_KEY, from where it was kept; a new one opens nothing that was stored.',
    })
  }
  return makeKeyFile(file)
}

function parse(text: string, { from, where }: { from: MasterKey['from']; where: string }): MasterKey {
  const trimmed = text.trim()
  const bytes = Buffer.from(trimmed, 'base64')
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed)
  if (!isBase64 || bytes.length !== KEY_BYTES) {
    throw new PersonNeeded({
      code: 'master-key-malformed',
      message: isBase64
        ? `The master key in ${where} holds ${bytes.length} bytes; it must be ${KEY_BYTES} bytes in base64`
        : `The master key in ${where} is not base64; it must be ${KEY_BYTES} bytes in base64`,
      hint: `Put the whole key there, or on a first start ${HOW_TO_MAKE}.`,
    })
  }
  return { key: createSecretKey(bytes), text: bytes.toString('base64'), from }
}

function readKeyFile(file: string, from: 'file' | 'made'): MasterKey {
  let text: string
  try {
    const { mode } = statSync(file)
    if ((mode & OPEN_TO_OTHERS) !== 0) {
      throw new PersonNeeded({
        code: 'master-key-open-to-others',
        message: `The master key in ${file} can be read or written by other users (mode ${(mode & 0o777).toString(8)})`,
        hint: `Close it with \`chmod 600 ${file}\`; if others may have read it, treat it as known to them.`,
      })
    }
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof PersonNeeded) throw cause
    throw new PersonNeeded({
      code: 'master-key-unreadable',
      message: `The master key in ${file} cannot be read: ${String(cause)}`,
      hint: 'Give the file to the user that runs Purser, or set PURSER_MASTER_KEY.',
      cause,
    })
  }
  return parse(text, { from, where: file })
}

/** Written aside, flushed, then linked to its name: a crash leaves no half key, a second process finds the first's. */
function makeKeyFile(file: string): MasterKey {
  const aside = `${file}.${randomUUID()}`
  try {
    const handle = openSync(aside, 'wx', 0o600)
    try {
      writeSync(handle, `${randomBytes(KEY_BYTES).toString('base64')}\n`)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    linkUnlessThere(aside, file)
    flushFolder(dirname(file))
  } catch (cause) {
    throw new PersonNeeded({
      code: 'master-key-not-made',
      message: `No master key could be made in ${file}: ${String(cause)}`,
      hint: `Make the folder writable, or set PURSER_MASTER_KEY (${HOW_TO_MAKE}).`,
      cause,
    })
  } finally {
    if (existsSync(aside)) unlinkSync(aside)
  }
  return readKeyFile(file, 'made')
}

function linkUnlessThere(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
