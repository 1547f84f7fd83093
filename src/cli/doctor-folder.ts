import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { faultsOf } from '../../db/sqlite/copy-database.ts'
import { lockDataFolder } from '../../db/sqlite/process-lock.ts'
import type { Environment } from '../connectors/read-settings.ts'
import { PersonNeeded } from '../domain/errors.ts'
import { openKeyFileToRead } from '../secrets/key-file.ts'
import { loadMasterKey } from '../secrets/master-key.ts'
import { type Check, note, ok, wrong, wrongBy } from './doctor-check.ts'
import { checkDisk } from './doctor-disk.ts'

const OPEN_TO_OTHERS = 0o077

/** Looks at the folder with the database and the keys; what it tries there is gone afterwards. */
export function checkDataFolder(folder: string, env: Environment): Check[] {
  if (!existsSync(folder)) {
    return [notThere(folder), ...checkDisk(nearestFolder(folder), false), checkMasterKey(folder, env)]
  }
  return [checkAccess(folder), ...checkDisk(folder, true), ...checkDatabase(folder), checkMasterKey(folder, env)]
}

/** Whether SQLite finds the database sound; it may be in use meanwhile. */
function checkDatabase(folder: string): Check[] {
  const path = join(folder, 'purser.db')
  if (!existsSync(path)) return []
  const faults = faultsOf(path)
  if (faults.length === 0) return [ok('Database', `${path} is sound`)]
  const todo =
    'Stop Purser, keep a copy of the folder, and go back to the last backup: purser restore (docs/runbook.md).'
  return [wrong('Database', `${path} is damaged: ${faults.slice(0, 3).join('; ')}`, todo)]
}

/** Takes the folder for as long as the doctor looks, so that no Purser starts meanwhile; null when one is running. */
export function holdDataFolder(folder: string): (() => void) | null {
  if (!existsSync(folder)) return () => undefined
  try {
    return lockDataFolder(folder, `purser doctor, process ${process.pid}`)
  } catch (error) {
    if (error instanceof PersonNeeded) return error.code === 'data-folder-in-use' ? null : () => undefined
    throw error
  }
}

function notThere(folder: string): Check {
  const parent = nearestFolder(folder)
  return writable(parent)
    ? note('Data folder', `${folder} is not there yet; Purser makes it on its first start`)
    : wrong(
        'Data folder',
        `${folder} cannot be made: ${parent} is not ours to write`,
        `Make it: mkdir -m 700 ${folder}`,
      )
}

function nearestFolder(folder: string): string {
  let at = resolve(folder)
  while (!existsSync(at)) at = dirname(at)
  return at
}

function checkAccess(folder: string): Check {
  const { mode } = statSync(folder)
  if (!writable(folder)) {
    return wrong(
      'Data folder',
      `${folder} is not ours to write`,
      `Give it to the user that runs Purser: chown ${folder}`,
    )
  }
  if ((mode & OPEN_TO_OTHERS) === 0) return ok('Data folder', `${folder}, closed to other users`)
  const open = (mode & 0o777).toString(8)
  return wrong('Data folder', `${folder} is open to other users (mode ${open})`, `Close it: chmod 700 ${folder}`)
}

function writable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

function checkMasterKey(folder: string, env: Environment): Check {
  const file = join(folder, 'master.key')
  const keysPath = join(folder, 'keys.db')
  const isSet = (env.PURSER_MASTER_KEY ?? '').trim() !== ''
  if (!isSet && !existsSync(file) && !existsSync(keysPath)) {
    return note('Master key', 'Purser makes one on its first start; keep a copy of it apart from the backups')
  }
  try {
    const { key, from } = loadMasterKey({ environment: env.PURSER_MASTER_KEY, file, keysPath })
    if (existsSync(keysPath)) openKeyFileToRead(keysPath, key).close()
    return ok('Master key', from === 'environment' ? 'from PURSER_MASTER_KEY' : `from ${file}, closed to other users`)
  } catch (error) {
    return wrongBy('Master key', error)
  }
}
