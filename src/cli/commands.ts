/** A command of `purser`, as its help tells it and as it is run. */
export interface Command {
  /** What it does, on one line. */
  says: string
  /** What follows its name. */
  takes: string
  /** What each word of `takes` means, where it does not say so itself. */
  words: readonly (readonly [word: string, meaning: string])[]
  run(args: readonly string[]): Promise<void>
}

const DATA = ['--data DIR', 'the data folder; PURSER_DATA, else .purser, when left out'] as const

/** Each loads what it needs, so that none waits for what another one needs. */
export const commands: Readonly<Record<string, Command>> = {
  demo: {
    says: 'a local workspace to try Purser in, without any account',
    takes: '[--port PORT] [--latency MS] [--fresh]',
    words: [
      ['--port PORT', 'where the page is; 4040 when left out'],
      ['--latency MS', 'how long the services take to answer; 400 when left out'],
      ['--fresh', 'forgets what was done in earlier demos'],
    ],
    run: async (args) => (await import('./demo.ts')).demo(args),
  },
  doctor: {
    says: 'says of all that Purser needs whether it is right, and what to do where not',
    takes: '[--test-alert]',
    words: [['--test-alert', 'also sends an alert by e-mail and to PagerDuty, to see whether it arrives']],
    run: async (args) => (await import('./doctor.ts')).doctor(args),
  },
  backup: {
    says: 'a checked copy of the database and the rules, also while Purser runs',
    takes: '--to DIR [--with-keys DIR] [--data DIR]',
    words: [
      ['--to DIR', 'a new folder for the copy, best on another disk'],
      ['--with-keys DIR', 'another folder, for a copy of the keys without which nobody can read it'],
      DATA,
    ],
    run: async (args) => (await import('./backup.ts')).backup(args),
  },
  restore: {
    says: 'a data folder from a backup; Purser starts paused on it',
    takes: '--from DIR --keys DIR [--tombstones FILE]… [--data DIR]',
    words: [
      ['--from DIR', 'the folder that `purser backup --to` wrote'],
      ['--keys DIR', 'the folder with keys.db, best the old data folder'],
      ['--tombstones FILE', 'what `purser erase --tombstones` wrote: whoever was erased stays so'],
      ['--data DIR', 'the data folder to make, where nothing is yet; PURSER_DATA, else .purser, when left out'],
    ],
    run: async (args) => (await import('./restore.ts')).restore(args),
  },
  resume: {
    says: 'lets a Purser go on that a restore left paused',
    takes: '[--data DIR]',
    words: [DATA],
    run: async (args) => (await import('./resume.ts')).resume(args),
  },
  erase: {
    says: 'takes a person out of all that Purser keeps, for good',
    takes: 'WHO --by NAME --second NAME [--tombstones FILE] [--data DIR]',
    words: [
      ['WHO', 'the e-mail address, or the id of the subject from an entry of the ledger'],
      ['--by, --second NAME', 'the two people who stand for it'],
      ['--tombstones FILE', 'where to write who was erased, by ids: `purser restore` needs it'],
      DATA,
    ],
    run: async (args) => (await import('./erase.ts')).erase(args),
  },
  ledger: {
    says: 'whether the ledger is as it was written, and exports of it that prove it',
    takes: 'verify | export | proof | packet | key',
    words: [['verify', 'and the others: `purser ledger help` says what each takes']],
    run: async (args) => (await import('./ledger-command.ts')).ledger(args),
  },
  diagram: {
    says: 'draws a workflow with what its failures lead to, as Mermaid text or SVG',
    takes: '[WORKFLOW] [--out FILE] [--format mermaid|svg] [--rules FILE]',
    words: [
      ['WORKFLOW', 'its name; all of them when left out'],
      ['--out FILE', 'where to write it, as SVG when it ends in .svg; for all of them a folder'],
      ['--rules FILE', 'the rules that say what failures lead to; PURSER_RULES, else rules.yml, when left out'],
    ],
    run: async (args) => (await import('./diagram.ts')).diagram(args),
  },
}
