import { z } from 'zod'
import { type Language, languages } from '../views/texts/index.ts'
import { PersonNeeded } from './domain/errors.ts'

const text = z.string().min(1)

const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info')

/** `hr-platform:token,script:token`; a token that can be guessed is none. */
function apiClients(list: string, ctx: z.RefinementCtx): { name: string; token: string }[] {
  return list.split(',').map((each) => {
    const [, name = '', token = ''] = /^\s*([a-z][a-z0-9-]{0,79}):([\x21-\x7e]{16,})\s*$/.exec(each) ?? []
    if (name === '')
      ctx.addIssue({ code: 'custom', message: 'is not name:token,… with tokens of at least 16 characters' })
    return { name, token }
  })
}

const Environment = z.object({
  PURSER_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  PURSER_HOST: text.default('0.0.0.0'),
  PURSER_DATA: text.default('.purser'),
  PURSER_RULES: text.default('rules.yml'),
  PURSER_LANGUAGE: z.enum(Object.keys(languages) as [Language, ...Language[]]).default('en'),
  PURSER_MASTER_KEY: text.optional(),
  PURSER_ANCHOR_FILE: text.optional(),
  PURSER_METRICS_TOKEN: text.pipe(z.string().regex(/^[\x21-\x7e]{16,}$/, 'is shorter than 16 characters')).optional(),
  PURSER_API_TOKENS: text.transform(apiClients).default([]),
  LOG_LEVEL: LogLevel,
  SLACK_BOT_TOKEN: text.optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_APP_TOKEN: text.optional(),
  SLACK_POSTS_PER_MINUTE: z.coerce.number().int().positive().optional(),
  SLACK_UPDATES_PER_MINUTE: z.coerce.number().int().positive().optional(),
  SMTP_URL: z
    .string()
    .refine((url) => /^smtps?:\/\/[^/]/.test(url) && URL.canParse(url), 'is not smtp://… or smtps://…')
    .optional(),
  ALERT_EMAIL_TO: text
    .transform((list) => list.split(/[\s,;]+/).filter(Boolean))
    .pipe(z.array(z.email()))
    .optional(),
  ALERT_EMAIL_FROM: z.email().optional(),
})

export interface Config {
  port: number
  host: string
  /** The folder with the database, the keys and the lock. */
  dataFolder: string
  rulesFile: string
  /** In which Purser speaks on Slack and in its mails. */
  language: Language
  /** Base64 of 32 bytes; a file in the data folder when absent. */
  masterKey: string | null
  /** Where checkpoints of the ledger are appended; `checkpoints.txt` in the data folder when absent. */
  anchorFile: string | null
  logLevel: z.output<typeof LogLevel>
  /** Who may use the API, by their tokens; what they may do there is in the rules. */
  apiClients: readonly { name: string; token: string }[]
  /** What monitoring has to show for /metrics; null when only this machine may ask. */
  metricsToken: string | null
  slack: {
    botToken: string
    connection: { mode: 'http'; signingSecret: string } | { mode: 'socket'; appToken: string }
  }
  /** What this workspace lets us paint, where it differs from what Slack documents. */
  paint: { postsPerMinute: number | null; updatesPerMinute: number | null }
  /** Where alerts go by e-mail that Slack does not take; null when they do not. */
  mail: { url: string; to: readonly string[]; from: string } | null
}

interface Lack {
  variable: string
  what: string
  where: string
}

const BOT_TOKEN: Lack = {
  variable: 'SLACK_BOT_TOKEN',
  what: 'the Bot User OAuth Token of the app, xoxb-…',
  where: 'https://api.slack.com/apps > the app > Install App',
}
const CONNECTION: Lack = {
  variable: 'SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)',
  what: 'how Slack and Purser know each other',
  where:
    'https://api.slack.com/apps > the app > Basic Information > Signing Secret, or App-Level Tokens (connections:write)',
}

const MAIL: Lack = {
  variable: 'SMTP_URL, ALERT_EMAIL_TO or ALERT_EMAIL_FROM',
  what: 'the mail server, who gets alerts, and from whom they come; set all three or none',
  where: 'whoever runs your mail server',
}

/** Reads Purser's own settings; says of all that lack, at once, what they are and where to get them. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const read = Environment.safeParse(given)
  const wrong = read.success ? [] : read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  const lacks = [
    ...(given.SLACK_BOT_TOKEN ? [] : [BOT_TOKEN]),
    ...(given.SLACK_SIGNING_SECRET || given.SLACK_APP_TOKEN ? [] : [CONNECTION]),
  ]
  if (!read.success || lacks.length > 0) throw unusable(wrong, lacks)
  const { data } = read
  return {
    mail: mailOf(data),
    port: data.PURSER_PORT,
    host: data.PURSER_HOST,
    dataFolder: data.PURSER_DATA,
    rulesFile: data.PURSER_RULES,
    language: data.PURSER_LANGUAGE,
    masterKey: data.PURSER_MASTER_KEY ?? null,
    anchorFile: data.PURSER_ANCHOR_FILE ?? null,
    logLevel: data.LOG_LEVEL,
    apiClients: data.PURSER_API_TOKENS,
    metricsToken: data.PURSER_METRICS_TOKEN ?? null,
    slack: {
      botToken: data.SLACK_BOT_TOKEN ?? '',
      connection: data.SLACK_APP_TOKEN
        ? { mode: 'socket', appToken: data.SLACK_APP_TOKEN }
        : { mode: 'http', signingSecret: data.SLACK_SIGNING_SECRET ?? '' },
    },
    paint: {
      postsPerMinute: data.SLACK_POSTS_PER_MINUTE ?? null,
      updatesPerMinute: data.SLACK_UPDATES_PER_MINUTE ?? null,
    },
  }
}

/** All three or none: an alert that leaves for nobody is no alert. */
function mailOf({
  SMTP_URL: url,
  ALERT_EMAIL_TO: to,
  ALERT_EMAIL_FROM: from,
}: z.output<typeof Environment>): Config['mail'] {
  if (url === undefined && to === undefined && from === undefined) return null
  if (url !== undefined && to !== undefined && from !== undefined) return { url, to, from }
  throw unusable([], [MAIL])
}

function unusable(wrong: readonly string[], lacks: readonly Lack[]): PersonNeeded {
  const lines = lacks.map(({ variable, what, where }) => `${variable} is not set: ${what}. Get it at ${where}`)
  return new PersonNeeded({
    code: 'settings-incomplete',
    message: ['Purser cannot start:', ...wrong, ...lines].join('\n  '),
    hint: 'Set them in the environment or in .env; .env.example lists all. To try Purser without accounts: npm run demo',
  })
}
