type Environment = Readonly<Record<string, string | undefined>>

const VARIABLE = /^PURSER_HOOK_([A-Z0-9_]+)_SECRET$/

/** `PURSER_HOOK_HR_PLATFORM_SECRET` for the hook `hr-platform`. */
export const hookVariable = (source: string): string =>
  `PURSER_HOOK_${source.toUpperCase().replaceAll('-', '_')}_SECRET`

/** The secrets of all hooks by their variable; several in one, by commas, while one takes the place of another. */
export function readHookSecrets(env: Environment): ReadonlyMap<string, readonly string[]> {
  const named = Object.entries(env).filter(([name]) => VARIABLE.test(name))
  return new Map(named.map(([name, value]) => [name, partsOf(value)] as const).filter(([, parts]) => parts.length > 0))
}

/** Those of these hooks from which nothing can be taken. */
export const hooksWithoutSecret = (
  names: readonly string[],
  secrets: ReadonlyMap<string, readonly string[]>,
): string[] => names.filter((name) => !secrets.has(hookVariable(name)))

const partsOf = (value: string | undefined): string[] =>
  (value ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
