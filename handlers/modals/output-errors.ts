import type { z } from 'zod'

/** What is wrong with a result as entered, by field; null when nothing is. */
export function outputErrors(schema: z.ZodType | undefined, output: unknown): Record<string, string> | null {
  const parsed = schema?.safeParse(output)
  if (!parsed || parsed.success) return null
  const errors: Record<string, string> = {}
  for (const issue of parsed.error.issues) errors[issue.path.join('.')] ??= issue.message
  return errors
}
