import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../clock.ts'
import { readPause } from '../engine/pause.ts'
import { readSecondPath } from '../second-path/read-second-path.ts'
import { checkAlerts } from './doctor-alerts.ts'
import { checkAnchors } from './doctor-anchors.ts'
import { type Check, note } from './doctor-check.ts'
import { openDoctorEgress } from './doctor-egress.ts'
import { checkDataFolder, holdDataFolder } from './doctor-folder.ts'
import { checkHooks } from './doctor-hooks.ts'
import { checkRunning, runningEndpoint } from './doctor-running.ts'
import { checkServices } from './doctor-services.ts'
import { checkRules, checkSettings } from './doctor-settings.ts'
import { checkClock, checkSlack } from './doctor-slack.ts'
import { dataFolderOf, readEnvironment } from './read-environment.ts'

/** `purser doctor`: says of all that Purser needs whether it is right, and what to do where it is not. */
export async function doctor(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { 'test-alert': { type: 'boolean', default: false } } })
  const given = readEnvironment()
  const folder = dataFolderOf(given)
  const env = { GUSTO_GRANT_FILE: join(folder, 'gusto-grant.json'), ...given }
  const letGo = holdDataFolder(folder)
  const pause = readPause(folder)
  try {
    const checks = [
      ...(await examine(env, { folder, isRunning: letGo === null, test: values['test-alert'] })),
      ...(letGo === null ? [note('Purser', 'is running on this data folder')] : []),
      ...(pause === null ? [] : [note('Paused', `${pause.reason}; purser resume lets it go on`)]),
    ]
    tell(checks)
  } finally {
    letGo?.()
  }
}

async function examine(
  env: Readonly<Record<string, string | undefined>>,
  { folder, isRunning, test }: { folder: string; isRunning: boolean; test: boolean },
): Promise<Check[]> {
  const { checks, config, read } = checkSettings(env, systemClock.now)
  const { check, rules } = checkRules(env.PURSER_RULES?.trim() || 'rules.yml')
  const here = [...checks, ...checkDataFolder(folder, env), check]
  const secondPath = readSecondPath(env)
  const running = isRunning && config ? [runningEndpoint(config)] : []
  const egress = await openDoctorEgress([...read.endpoints, ...secondPath.endpoints, ...running], systemClock)
  try {
    const ofHooks = [...(rules ? checkHooks(rules, env) : []), ...checkAnchors(folder, env, rules)]
    const slack = read.endpoints.find(({ service }) => service === 'slack')
    const ofSlack = slack ? await checkSlack(egress, { baseUrl: slack.baseUrl, rules }) : []
    const ofServices = await checkServices(egress.call, { endpoints: read.endpoints, env, isRunning })
    const titles = new Map(read.endpoints.map(({ service, title }) => [service, title]))
    const asRunning = running.length === 0 ? [] : await checkRunning(egress.call, titles)
    const mail = config?.mail ?? null
    const ofAlerts = await checkAlerts(egress.call, { mail, secondPath, test, now: systemClock.now() })
    return [...here, ...ofHooks, ...ofSlack, ...ofServices, ...asRunning, ...ofAlerts, checkClock(egress)]
  } finally {
    await egress.close()
  }
}

const SIGNS: Readonly<Record<Check['verdict'], string>> = { ok: 'ok', note: 'note', wrong: 'WRONG' }

function tell(checks: readonly Check[]): void {
  const widest = Math.max(...checks.map(({ what }) => what.length))
  for (const check of checks) {
    line(`${SIGNS[check.verdict].padEnd(6)} ${check.what.padEnd(widest)}  ${indented(check.says, widest + 9)}`)
    if (check.verdict === 'wrong') line(`${' '.repeat(widest + 9)}→ ${indented(check.todo, widest + 11)}`)
  }
  const count = checks.filter(({ verdict }) => verdict === 'wrong').length
  line(count === 0 ? '\nNothing is wrong.' : `\n${count} ${count === 1 ? 'thing is' : 'things are'} wrong.`)
  line('These reads are not in the ledger: it belongs to the Purser that runs.')
  process.exitCode = count === 0 ? 0 : 1
}

const line = (text: string): void => void process.stdout.write(`${text}\n`)

const indented = (text: string, columns: number): string => text.split('\n').join(`\n${' '.repeat(columns)}`)
