const byName: Record<string, string> = {
  alarm_clock: '⏰',
  ambulance: '🚑',
  anchor: '⚓',
  arrow_down: '⬇️',
  arrow_forward: '▶️',
  arrow_right: '➡️',
  arrow_up: '⬆️',
  arrows_counterclockwise: '🔄',
  ballot_box_with_check: '☑️',
  bank: '🏦',
  bar_chart: '📊',
  bell: '🔔',
  black_circle: '⚫',
  black_square_for_stop: '⏹️',
  blue_circle: '🔵',
  bookmark_tabs: '📑',
  books: '📚',
  boom: '💥',
  briefcase: '💼',
  broom: '🧹',
  bug: '🐛',
  building_construction: '🏗️',
  bulb: '💡',
  bust_in_silhouette: '👤',
  busts_in_silhouette: '👥',
  calendar: '📅',
  card_index: '📇',
  chart_with_upwards_trend: '📈',
  checkered_flag: '🏁',
  clipboard: '📋',
  clock1: '🕐',
  clock3: '🕒',
  clock9: '🕘',
  closed_lock_with_key: '🔐',
  computer: '💻',
  construction: '🚧',
  credit_card: '💳',
  date: '📅',
  dog2: '🐕',
  double_vertical_bar: '⏸️',
  'e-mail': '📧',
  email: '✉️',
  envelope: '✉️',
  exclamation: '❗',
  eyes: '👀',
  fast_forward: '⏩',
  file_cabinet: '🗄️',
  file_folder: '📁',
  fire: '🔥',
  gear: '⚙️',
  green_heart: '💚',
  grey_question: '❔',
  hammer_and_wrench: '🛠️',
  hand: '✋',
  handshake: '🤝',
  heart: '❤️',
  heavy_check_mark: '✔️',
  heavy_minus_sign: '➖',
  heavy_multiplication_x: '✖️',
  heavy_plus_sign: '➕',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  house: '🏠',
  inbox_tray: '📥',
  incoming_envelope: '📨',
  information_source: 'ℹ️',
  key: '🔑',
  label: '🏷️',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  large_orange_circle: '🟠',
  large_purple_circle: '🟣',
  large_yellow_circle: '🟡',
  leftwards_arrow_with_hook: '↩️',
  link: '🔗',
  lock: '🔒',
  lock_with_ink_pen: '🔏',
  mag: '🔍',
  mag_right: '🔎',
  mega: '📣',
  memo: '📝',
  moneybag: '💰',
  negative_squared_cross_mark: '❎',
  new: '🆕',
  no_bell: '🔕',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  office: '🏢',
  ok_hand: '👌',
  outbox_tray: '📤',
  package: '📦',
  page_facing_up: '📄',
  page_with_curl: '📃',
  palm_tree: '🌴',
  paperclip: '📎',
  party_popper: '🎉',
  pause_button: '⏸️',
  pencil: '📝',
  pencil2: '✏️',
  phone: '☎️',
  point_right: '👉',
  pushpin: '📌',
  question: '❓',
  radio_button: '🔘',
  raised_hand: '✋',
  raising_hand: '🙋',
  receipt: '🧾',
  red_circle: '🔴',
  repeat: '🔁',
  rewind: '⏪',
  rocket: '🚀',
  rotating_light: '🚨',
  round_pushpin: '📍',
  scales: '⚖️',
  scroll: '📜',
  seedling: '🌱',
  shield: '🛡️',
  smile: '😄',
  snowflake: '❄️',
  sos: '🆘',
  sparkles: '✨',
  speech_balloon: '💬',
  spiral_calendar_pad: '🗓️',
  star: '⭐',
  stop_sign: '🛑',
  stopwatch: '⏱️',
  sunny: '☀️',
  tada: '🎉',
  telephone_receiver: '📞',
  test_tube: '🧪',
  thinking_face: '🤔',
  thumbsdown: '👎',
  thumbsup: '👍',
  ticket: '🎫',
  timer_clock: '⏲️',
  track_next: '⏭️',
  triangular_flag_on_post: '🚩',
  unlock: '🔓',
  warning: '⚠️',
  wastebasket: '🗑️',
  wave: '👋',
  white_check_mark: '✅',
  white_circle: '⚪',
  white_large_square: '⬜',
  wrench: '🔧',
  writing_hand: '✍️',
  x: '❌',
  zap: '⚡',
  '+1': '👍',
  '-1': '👎',
  '100': '💯',
}

/** The character of an emoji's short name, or undefined when this page does not know it. */
export function emojiOf(name: string): string | undefined {
  return Object.hasOwn(byName, name) ? byName[name] : undefined
}

const nameByCharacter = new Map(Object.entries(byName).map(([name, character]) => [character, name]))
const anyEmoji = new RegExp(
  `:([a-z0-9_+-]+):|(${[...nameByCharacter.keys()].sort(longestFirst).map(escaped).join('|')})`,
  'g',
)

function longestFirst(one: string, other: string): number {
  return other.length - one.length
}

function escaped(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Splits text into its words and its emoji, whether written as the character or, where `names` count, as `:short_name:`. */
export function splitEmoji(text: string, names = true): ({ text: string } | { emoji: string })[] {
  const out: ({ text: string } | { emoji: string })[] = []
  let from = 0
  for (const found of text.matchAll(anyEmoji)) {
    const name = (names ? found[1] : undefined) ?? nameByCharacter.get(found[2] ?? '')
    if (name === undefined || !Object.hasOwn(byName, name)) continue
    if (found.index > from) out.push({ text: text.slice(from, found.index) })
    out.push({ emoji: name })
    from = found.index + found[0].length
  }
  if (from < text.length) out.push({ text: text.slice(from) })
  return out
}

/** Replaces each known `:short_name:` in plain text; the others stay as they are. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (written, name: string) => emojiOf(name) ?? written)
}
