import { ControlMistake } from '../control/mistake.ts'
import type { SandboxUser } from '../state.ts'
import type { StoredFile, Workspace } from './workspace.ts'

interface Chosen {
  user: SandboxUser
  name: string
  mimetype: string
  bytes: Buffer
}

/** Keeps a file that somebody chose for a field of a form: it is theirs, and in no channel. */
export function uploadFile(workspace: Workspace, url: string, { user, name, mimetype, bytes }: Chosen): StoredFile {
  const id = workspace.nextId('F')
  const file = {
    ...{ id, name, title: name, mimetype, size: bytes.length, user: user.id, channel: null, ts: '', bytes },
    url: `${url}/files/${id}/${encodeURIComponent(name)}`,
  }
  workspace.files.set(id, file)
  workspace.changed()
  return file
}

/** The file that is chosen by its id. */
export function fileChosen(workspace: Workspace, id: string): StoredFile {
  const file = workspace.files.get(id)
  if (file) return file
  throw new ControlMistake({ code: 'file_not_found', hint: `There is no file ${id}: upload-file stores one.` })
}
