import { workflows } from '../../workflows/index.ts'
import type { Config } from '../config.ts'
import type { TeamId } from '../domain/ids.ts'
import { createEgress, type WholeEgress } from '../egress/create-egress.ts'
import { createHttpClient } from '../egress/http-client.ts'
import { forgottenSince } from '../engine/restored.ts'
import { problemsInWords } from '../rules/load.ts'
import { createRulesBook, type LiveRulesBook } from '../rules/rules-book.ts'
import { rulesFrame } from '../rules-frame.ts'
import { createDirectory, type WholeDirectory } from '../slack/directory.ts'
import { identify } from '../slack/identify.ts'
import { createRefusals, type Refusals } from '../slack/refusals.ts'
import type { Base } from './open-base.ts'

/** The way out, whose Purser it is, and by which rules. */
export interface Ways extends Base {
  egress: WholeEgress
  team: TeamId
  rules: LiveRulesBook
  directory: WholeDirectory
  /** What Slack does not let Purser know of people. */
  refusals: Refusals
  /** Tells of each new version of the rules, once it holds. */
  whenRulesChange(listener: () => void): void
  /** Titles of services by name. */
  services: ReadonlyMap<string, string>
  /** What went wrong apart from any run's own failures. */
  onError(error: unknown): void
}

/** Opens the way out and asks Slack who Purser is; reads the rules. */
export async function openWays(config: Config, base: Base): Promise<Ways> {
  const { keys, log, clock } = base
  const egress = createEgress({
    ...base,
    http: createHttpClient(),
    random: Math.random,
    forgottenSince: forgottenSince(config.dataFolder),
  })
  const team = await identify({ store: base.store, egress, keys, log })
  const listeners: (() => void)[] = []
  const changed = (): void => {
    for (const tell of listeners) tell()
  }
  const rules = await openRules(config, base, { team, changed })
  const services = new Map(
    workflows.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses)).map((c) => [c.service, c.title]),
  )
  const refusals = createRefusals({ clock, team })
  const directory = createDirectory({ egress, clock, groups: () => rules.current().groups, refusals })
  const onError = (error: unknown): void => log.error('something went wrong beside a run', { err: error })
  const whenRulesChange = (listener: () => void): void => void listeners.push(listener)
  return { ...base, egress, team, rules, directory, refusals, services, whenRulesChange, onError }
}

function openRules(
  config: Config,
  base: Base,
  { team, changed }: { team: TeamId; changed(): void },
): Promise<LiveRulesBook> {
  const { store, clock, log, ledger, ids } = base
  return createRulesBook({
    path: config.rulesFile,
    store,
    clock,
    frame: rulesFrame(workflows),
    record: (draft) => [ledger.entry({ ...draft, id: ids.entry(), team })],
    onChange(rules) {
      log.info('new rules hold', { version: rules.version })
      changed()
    },
    onRejected: (problems) => log.error(`the rules file was not taken over:\n${problemsInWords(problems)}`),
    onError: (error) => log.error('the rules file could not be read', { err: error }),
  })
}
