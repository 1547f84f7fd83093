import { z } from 'zod'
import { nearest } from '../domain/nearest.ts'
import { refuse } from './refuse.ts'

/** A name that the rules file gives to something. */
export const name = z.string().superRefine((text, ctx) => {
  if (/^[a-z][a-z0-9-]{0,79}$/.test(text)) return
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-0-9]+|-+$/g, '')
  refuse(ctx, `"${text}" cannot be a name here`, `use small letters, digits and hyphens: ${slug || 'ops'}`)
})

/** A name that must be one of `known`. */
export const oneOf = (what: string, known: readonly string[]) =>
  z.string().superRefine((text, ctx) => {
    if (known.includes(text)) return
    const meant = nearest(text, known)
    const all = known.length > 0 ? `known: ${known.join(', ')}` : `there is no ${what} yet: add one`
    refuse(ctx, `there is no ${what} "${text}"`, meant ? `did you mean ${meant}?` : all)
  })

/** A map by name, absent meaning empty; with `known` no other name is accepted. */
export function named<T extends z.ZodType>(known: readonly string[] | null, schemaOf: (name: string | null) => T) {
  type Values = z.ZodType<Readonly<Record<string, z.infer<T>>>>
  const values =
    known === null
      ? z.record(name, schemaOf(null))
      : z.strictObject(Object.fromEntries(known.map((each) => [each, schemaOf(each).optional()])))
  return (values as unknown as Values).default({})
}
