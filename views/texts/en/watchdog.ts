/** What the watchdog sees from outside, as it goes by mail. */
export const watchdog = {
  ended: 'Purser has ended without having been asked to. Nothing goes on until it is started again.',
  blocked: (seconds: number) => `Purser has not answered for ${seconds} s: it is blocked, or stopped. Nothing goes on.`,
  diskFull: (megabytes: number) => `The disk is full: ${megabytes} MB are left where Purser keeps its data. Make room.`,
  database: (why: string) => `Purser’s database does not work: ${why}`,
  otherFile:
    'another file has taken the place of purser.db; what is written goes nowhere. Stop Purser, put the right one back.',
  noDatabase: 'purser.db does not begin as a database does. Restore it from a backup.',
  unreadable: (code: string) => `purser.db cannot be read (${code}). Restore it from a backup.`,
  /** Who tells, in PagerDuty. */
  source: (host: string) => `Purser on ${host}`,
  alertsStuck: (why: string) => `Alerts reach nobody: ${why}.`,
}
