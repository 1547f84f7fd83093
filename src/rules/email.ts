import { z } from 'zod'
import { refuse } from './refuse.ts'

/** An e-mail address, in lower case. */
export const email = z.string().transform((text, ctx): string => {
  if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+$/.test(text)) return text.toLowerCase()
  const within = /[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+/.exec(text)?.[0]
  return refuse(ctx, `"${text}" is not an e-mail address`, `write it like ${within ?? 'jane@acme.example'}`)
})
