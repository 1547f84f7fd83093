import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { workflows } from '../../workflows/index.ts'
import { type Config, readConfig } from '../config.ts'
import { type EndpointsRead, readEndpoints } from '../connectors/index.ts'
import type { Environment, MissingSetting } from '../connectors/read-settings.ts'
import { PurserError } from '../domain/errors.ts'
import { loadRules, problemsInWords } from '../rules/load.ts'
import type { RulesFile } from '../rules/schema.ts'
import { rulesFrame } from '../rules-frame.ts'
import { type Check, note, ok, wrong, wrongBy } from './doctor-check.ts'

/** Purser's own settings, and which services have theirs. */
export function checkSettings(
  env: Environment,
  now: () => number,
): { checks: Check[]; config: Config | null; read: EndpointsRead } {
  const read = readEndpoints(env, now)
  const checks: Check[] = []
  let config: Config | null = null
  try {
    config = readConfig(env)
    const { mode } = config.slack.connection
    checks.push(ok('Settings', mode === 'http' ? 'complete; Slack reaches Purser by HTTP' : 'complete; Socket Mode'))
  } catch (error) {
    if (!(error instanceof PurserError)) throw error
    checks.push(wrongBy('Settings', error))
  }
  return { checks: [...checks, ...unconfigured(read.missing)], config, read }
}

/** A service of which nothing is set is left out on purpose; one of which something is set is half done. */
function unconfigured(missing: readonly MissingSetting[]): Check[] {
  const others = missing.filter(({ service }) => service !== 'slack')
  const byService = Map.groupBy(others, ({ service }) => service)
  return [...byService].map(([service, lacks]) => {
    const what = titleOf(service)
    if (lacks.every(({ problem }) => problem === 'is not set') && lacks.length > 1) {
      const used = workflows.filter(({ steps }) => steps.some((step) => step.uses.some((c) => c.service === service)))
      const affected = used.map(({ title }) => title).join(', ') || 'nothing'
      return note(what, `not set up (${lacks.map(({ variable }) => variable).join(', ')}); ${affected} may need it`)
    }
    const says = lacks.map(({ variable, problem }) => `${variable} ${problem}`).join('; ')
    return wrong(what, says, lacks.map(({ variable, what: is, where }) => `${variable}: ${is}. ${where}`).join('\n'))
  })
}

const titleOf = (service: string): string =>
  workflows.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses)).find((each) => each.service === service)?.title ??
  service

/** The rules file as Purser would take it over at its start. */
export function checkRules(path: string): { check: Check; rules: RulesFile | null } {
  const what = 'Rules'
  if (!existsSync(path)) {
    return { check: wrong(what, `there is no ${path}`, `Copy rules.example.yml to ${path} and adapt it.`), rules: null }
  }
  const loaded = loadRules({ file: basename(path), text: readFileSync(path, 'utf8'), frame: rulesFrame(workflows) })
  if (loaded.ok) return { check: ok(what, `${path} is valid`), rules: loaded.rules }
  const says = `${path} has mistakes:\n${problemsInWords(loaded.problems)}`
  return { check: wrong(what, says, 'Correct them; rules.example.yml explains every part.'), rules: null }
}
