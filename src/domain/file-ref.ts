import { z } from 'zod'

const UNREADABLE = 'Slack tells too little of this file. Upload it here instead of choosing one that is shared.'

/** A file in Slack, as a run keeps it: where it is, never what is in it. */
export const FileRef = z.object({
  id: z.string(UNREADABLE).min(1, UNREADABLE).max(50, UNREADABLE),
  name: z.string(UNREADABLE).min(1, UNREADABLE).max(255, UNREADABLE),
  /** In bytes. */
  size: z.int(UNREADABLE).nonnegative(UNREADABLE),
  mimetype: z.string(UNREADABLE).max(150, UNREADABLE),
  permalink: z.url({ protocol: /^https?$/, error: UNREADABLE }).max(2_000, UNREADABLE),
})
export type FileRef = z.infer<typeof FileRef>

/** The most that Slack takes in one field. */
const SLACKS_MOST = 10

interface FilesWanted {
  /** At most so many, up to ten. */
  most?: number
  /** By the ends of their names, without the dot: `['pdf', 'png']`; any when left out. */
  types?: readonly [string, ...string[]]
}

/** A field of a form into which people put files: at least one, unless it is optional. */
export function files({ most = SLACKS_MOST, types }: FilesWanted = {}) {
  const tooMany = `At most ${most} ${most === 1 ? 'file' : 'files'}.`
  return z
    .array(FileRef, 'Choose a file.')
    .min(1, 'Choose a file.')
    .max(most, tooMany)
    .superRefine((chosen, context) => {
      const odd = types === undefined ? undefined : chosen.find(({ name }) => !types.includes(endOf(name)))
      if (odd)
        context.addIssue({ code: 'custom', message: `${odd.name.slice(0, 80)} is none of: ${types?.join(', ')}.` })
    })
    .meta({ widget: 'files', mostFiles: most, ...(types ? { fileTypes: [...types] } : {}) })
}

const endOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase()
