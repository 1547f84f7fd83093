const slashText = {
  cannotBeUsed: (why: string) => `What you typed cannot be used; nothing was done. ${why}`,
  forExample: (example: string) => `For example: ${example}`,
  tooLong: (most: number) => `It is too long: at most ${most} characters.`,
  unseen: 'It holds characters that cannot be seen.',
  noLetterOrDigit: 'There is no letter and no digit in it.',
  markup: 'It holds a channel or signs of markup.',
  noLetter: 'There is no letter in it.',
  mention: 'It holds a mention or signs of markup.',
}

const away = {
  untilWhen: 'Until when was not understood, or is over already. Nothing was changed.',
  nobody: (name: string) => `There is nobody called “${name}”. Nothing was changed.`,
  several: (name: string) => `There are several called “${name}”: mention the one with @. Nothing was changed.`,
  yourself: 'You cannot stand in for yourself. Nothing was changed.',
  cannot: (why: string) => `${why} Nothing was changed.`,
  example: 'For example: /purser away until monday @mona, /purser away for 3d, or /purser away until 2026-12-24',
}

const pause = {
  sayWhy: 'Please say why, so that others know. Nothing was changed.',
  noSuchProcess: (name: string, all: string) => `There is no process “${name}”: ${all}. Nothing was changed.`,
  noSuchService: (name: string, all: string) => `There is no service “${name}”: ${all}. Nothing was changed.`,
  whatIsMeant: 'Say what is meant: everything, a process, a service, or one run. Nothing was changed.',
  example: 'For example: /purser pause process employee-onboarding for 2h the vendor moves house',
  noRun: (typed: string) => `No run that has not ended fits “${typed}”. Nothing was changed.`,
  severalRuns: (runs: string) => `Several runs fit: ${runs}. Name one by its id. Nothing was changed.`,
  oneOfSeveral: (run: string, about: string) => `${run} (${about})`,
  exampleOfRun:
    'For example: /purser pause jane@acme.example for 2h she starts later. Or: everything, process …, service ….',
}

/** What stands instead of an answer where a command was not understood, and how it is typed. */
export const commands = {
  slashText,
  away,
  pause,
  noSuchWorkflow: (typed: string) => `There is no process called “${typed}”.`,
  didYouMean: (workflow: string) => `Did you mean /run ${workflow}?`,
  thereAre: (workflows: string) => `There are: ${workflows}.`,
}
