import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Environment } from '../connectors/read-settings.ts'

const FILE = '.env'

/** The settings as `npm start` sees them: the environment, and .env beneath it. */
export function readEnvironment(): Environment {
  const fromFile = existsSync(FILE) ? parseEnv(readFileSync(FILE, 'utf8')) : {}
  return { ...fromFile, ...process.env }
}

/** The data folder that the settings name. */
export const dataFolderOf = (env: Environment): string => env.PURSER_DATA?.trim() || '.purser'
