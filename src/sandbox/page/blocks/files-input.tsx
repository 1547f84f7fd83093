import type { FileInput } from '@slack/types'
import { useState } from 'react'
import { useDirectory } from '../live/directory.tsx'
import { useControl } from '../live/use-control.ts'
import { fieldAttributes, type Place, useField } from './surface.tsx'

/** A field for files: what is chosen is stored in the sandbox at once, and the form carries the ids. */
export function FilesInput({ element, place }: { element: FileInput; place: Place }) {
  const { value, busy, change } = useField(element, place)
  const { me } = useDirectory()
  const send = useControl()
  const [names, setNames] = useState<Record<string, string>>({})
  const chosen = Array.isArray(value) ? value : []

  const choose = async (files: readonly File[]) => {
    const stored: Record<string, string> = {}
    for (const file of files) {
      const content = await base64Of(file)
      const answer = await send('upload-file', { user: me, name: file.name, mimetype: file.type, content })
      if (typeof answer?.id === 'string') stored[answer.id] = file.name
    }
    setNames((all) => ({ ...all, ...stored }))
    change(Object.keys(stored))
  }

  return (
    <div className="files-input">
      <input
        {...fieldAttributes(element, place)}
        type="file"
        className="field"
        multiple={(element.max_files ?? 10) > 1}
        accept={element.filetypes?.map((type) => `.${type}`).join(',')}
        aria-busy={busy || undefined}
        onChange={(event) => void choose([...(event.target.files ?? [])])}
      />
      {chosen.map((id) => (
        <div key={id} data-testid="chosen-file">
          {names[id] ?? id}
        </div>
      ))}
    </div>
  )
}

async function base64Of(file: File): Promise<string> {
  let binary = ''
  for (const byte of new Uint8Array(await file.arrayBuffer())) binary += String.fromCharCode(byte)
  return btoa(binary)
}
