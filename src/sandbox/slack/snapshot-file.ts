import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import type { Workspace, WorkspaceContents } from './workspace.ts'

const DEBOUNCE_MS = 500

/** Reads what a sandbox wrote down before; null when there is nothing. */
export function readSnapshot(file: string): WorkspaceContents | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
  const contents = JSON.parse(text) as Omit<WorkspaceContents, 'files'> & { files: Written[] }
  return { ...contents, files: contents.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes, 'base64') })) }
}

type Written = Omit<WorkspaceContents['files'][number], 'bytes'> & { bytes: string }

/** Writes the workspace down half a second after a change, and at the end; the file is always a whole one. */
export function keepSnapshot(workspace: Workspace, file: string): { close(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()
  const write = async () => {
    await writeFile(`${file}.new`, written(workspace))
    await rename(`${file}.new`, file)
  }
  const forget = workspace.onChange(() => {
    timer ??= setTimeout(() => {
      timer = null
      writing = writing.then(write).catch((error: unknown) => {
        process.emitWarning(`The sandbox could not write ${file}: ${String(error)}`)
      })
    }, DEBOUNCE_MS)
  })
  return {
    async close() {
      forget()
      if (timer) clearTimeout(timer)
      await writing
      writeFileSync(`${file}.new`, written(workspace))
      renameSync(`${file}.new`, file)
    },
  }
}

function written(workspace: Workspace): string {
  return JSON.stringify({
    users: [...workspace.users.values()],
    channels: [...workspace.channels.values()].map(({ index: _index, ...channel }) => channel),
    ephemerals: workspace.ephemerals,
    views: Object.fromEntries(workspace.views),
    homes: Object.fromEntries(workspace.homes),
    files: [...workspace.files.values()].map((file) => ({ ...file, bytes: file.bytes.toString('base64') })),
  })
}
