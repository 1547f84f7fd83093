import { hooksWithoutSecret, hookVariable, readHookSecrets } from '../ingress/hook-secrets.ts'
import type { RulesFile } from '../rules/schema.ts'
import { type Check, ok, wrong } from './doctor-check.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The hooks of the rules, and whether each has the secret without which nothing is taken from it. */
export function checkHooks({ hooks }: Pick<RulesFile, 'hooks'>, env: Environment): Check[] {
  const names = Object.keys(hooks)
  if (names.length === 0) return []
  const lacking = hooksWithoutSecret(names, readHookSecrets(env))
  if (lacking.length === 0) return [ok('Hooks', `each has its secret: ${names.join(', ')}`)]
  return lacking.map((name) =>
    wrong(
      `Hook ${name}`,
      `${hookVariable(name)} is not set: what ${name} sends is refused`,
      `Copy the signing secret from where ${name} is told to send to /hooks/${name}, set it, and restart Purser; or take the hook out of the rules.`,
    ),
  )
}
