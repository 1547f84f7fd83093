import type { ReactNode } from 'react'

const green = '#2f9e57'
const red = '#d3382d'
const blue = '#2f78b8'
const amber = '#e2a41c'
const grey = '#7d858c'
const brown = '#8a5a2b'
const skin = '#eeb84e'

function tile(color: string, path: string): ReactNode {
  return (
    <>
      <rect x="1.5" y="1.5" width="17" height="17" rx="4" fill={color} />
      {line('#fff', path)}
    </>
  )
}

function disc(color: string, path = ''): ReactNode {
  return (
    <>
      <circle cx="10" cy="10" r="8.5" fill={color} />
      {line('#fff', path)}
    </>
  )
}

function line(color: string, d: string, width = 2): ReactNode {
  return <path d={d} fill="none" stroke={color} strokeWidth={width} strokeLinecap="round" strokeLinejoin="round" />
}

function shape(color: string, d: string): ReactNode {
  return <path d={d} fill={color} />
}

function both(...parts: ReactNode[]): ReactNode {
  return parts.map((part, index) => <g key={`part-${String(index)}`}>{part}</g>)
}

const sheet = both(shape(light(), 'M4 1.5h8l4 4v13H4z'), line(grey, 'M4 1.5h8l4 4v13H4z', 1.2))
const padlock = both(line(grey, 'M6 9V6.5a4 4 0 0 1 8 0V9', 2.2), shape(amber, 'M3.5 8.5h13v10h-13z'))
const board = both(
  shape(brown, 'M3.5 3h13v15.5h-13z'),
  shape(light(), 'M5.5 5h9v11.5h-9z'),
  shape(grey, 'M7 1.5h6v4H7z'),
)
const envelope = both(shape('#dfe5ea', 'M1.5 4h17v12h-17z'), line(grey, 'M2 4.8l8 6.2 8-6.2', 1.6))
const head = both(
  <circle cx="10" cy="6.5" r="4" fill={blue} />,
  shape(blue, 'M2.5 18c0-4.6 3.3-6.5 7.5-6.5s7.5 1.9 7.5 6.5z'),
)
const watch = both(
  disc(grey),
  <circle cx="10" cy="10" r="6.3" fill={light()} />,
  line('#333b42', 'M10 6.3V10l2.6 1.8', 1.6),
)
const glass = both(
  line(brown, 'M4.5 2h11M4.5 18h11'),
  shape('#cfe3ee', 'M6 3h8v2.5L11 10l3 4.5V17H6v-2.5L9 10 6 5.5z'),
  shape(amber, 'M7.5 6.2h5L10.6 9.2v3.3l2.7 3.5H6.7l2.7-3.5V9.2z'),
)
const hand = shape(
  skin,
  'M4 9.5c0-1.4 2-1.4 2 0V5c0-1.5 2-1.5 2 0V3.3c0-1.5 2.2-1.5 2.2 0V4.5c0-1.5 2.1-1.5 2.1 0V6.3c0-1.4 2-1.4 2 0v7c0 3.3-2 5.4-5 5.4-2.7 0-3.7-1.2-4.5-2.9z',
)

function light(): string {
  return '#f2efe8'
}

// Our own drawings of the emoji that cards live by, so that they look the same wherever the page is opened.
const emojiDrawings: Record<string, ReactNode> = {
  anchor: line(
    blue,
    'M10 5.5v12M6.5 8.5h7M3 12c.5 3.5 3.4 5.5 7 5.5s6.5-2 7-5.5M10 5.4a1.9 1.9 0 1 0 0-3.8 1.9 1.9 0 0 0 0 3.8',
  ),
  alarm_clock: both(watch, line(red, 'M3 4.5 5.5 2M17 4.5 14.5 2')),
  arrow_forward: tile(blue, 'M8 6l5 4-5 4z'),
  arrow_right: tile(blue, 'M5 10h10M11 6l4 4-4 4'),
  arrows_counterclockwise: tile(
    blue,
    'M5.5 9A4.6 4.6 0 0 1 14 7.5M14.5 4.8v3h-3M14.5 11A4.6 4.6 0 0 1 6 12.5M5.5 15.2v-3h3',
  ),
  ballot_box_with_check: tile(blue, 'M5.5 10.3l3 3 6-6.5'),
  bar_chart: tile(grey, 'M6 14v-3M10 14V6M14 14V9'),
  bell: both(
    shape(amber, 'M4 14.5c1.5-1.5 1.3-3.5 1.5-6C5.8 5 7.5 3 10 3s4.2 2 4.5 5.5c.2 2.5 0 4.5 1.5 6z'),
    shape(brown, 'M8 15.5h4a2 2 0 0 1-4 0z'),
  ),
  black_square_for_stop: tile(blue, 'M7.5 7.5h5v5h-5z'),
  bookmark_tabs: both(sheet, line(amber, 'M7 7h6M7 10h6M7 13h4', 1.5)),
  bulb: both(
    shape(amber, 'M10 1.5a6 6 0 0 1 3.5 10.8V14h-7v-1.7A6 6 0 0 1 10 1.5z'),
    line(grey, 'M7.5 16h5M8.5 18h3', 1.6),
  ),
  bust_in_silhouette: head,
  calendar: both(
    shape(light(), 'M2.5 4h15v14h-15z'),
    shape(red, 'M2.5 3h15v4.5h-15z'),
    line(grey, 'M6 11h1.5M9.5 11H11M13 11h1.5M6 14.5h1.5M9.5 14.5H11', 1.6),
  ),
  clipboard: both(board, line(grey, 'M7.5 8.5h5M7.5 11h5M7.5 13.5h3', 1.3)),
  double_vertical_bar: tile(blue, 'M7.8 6.5v7M12.2 6.5v7'),
  email: envelope,
  exclamation: line(red, 'M10 3v9M10 16.5v.1', 3.4),
  eyes: both(
    shape(
      '#fff',
      'M6 4c2.3 0 3.7 2.7 3.7 6S8.3 16 6 16s-3.7-2.7-3.7-6S3.7 4 6 4zM14 4c2.3 0 3.7 2.7 3.7 6s-1.4 6-3.7 6-3.7-2.7-3.7-6 1.4-6 3.7-6z',
    ),
    shape('#333b42', 'M5 8.5h2.5v4H5zM13 8.5h2.5v4H13z'),
  ),
  fast_forward: tile(blue, 'M5 6l4.5 4L5 14zM10.5 6l4.5 4-4.5 4z'),
  gear: both(
    line(grey, 'M10 2v3M10 15v3M2 10h3M15 10h3M4.5 4.5l2 2M13.5 13.5l2 2M15.5 4.5l-2 2M6.5 13.5l-2 2', 2.6),
    <circle cx="10" cy="10" r="4" fill="none" stroke={grey} strokeWidth="3" />,
  ),
  heavy_check_mark: line(green, 'M3.5 11l4.5 4.5L16.5 5', 3),
  heavy_minus_sign: line(grey, 'M4 10h12', 3),
  heavy_plus_sign: line(green, 'M10 4v12M4 10h12', 3),
  hourglass: glass,
  hourglass_flowing_sand: glass,
  inbox_tray: both(line(blue, 'M10 2v8M6.5 7l3.5 3.5L13.5 7'), line(grey, 'M2.5 11v6.5h15V11')),
  information_source: tile(blue, 'M10 9.5V14M10 6v.1'),
  key: both(
    <circle cx="6.5" cy="7" r="3.5" fill="none" stroke={amber} strokeWidth="2.4" />,
    line(amber, 'M9 9.5l7.5 7.5M13.5 14l2-2', 2.2),
  ),
  large_blue_circle: disc(blue),
  large_green_circle: disc(green),
  large_orange_circle: disc('#e2741c'),
  large_yellow_circle: disc('#e9bd26'),
  link: line(blue, 'M8.5 11.5l3-3M7 9.5l-2.5 2.5a2.8 2.8 0 0 0 4 4L11 13.5M13 10.5l2.5-2.5a2.8 2.8 0 0 0-4-4L9 6.5'),
  lock: padlock,
  lock_with_ink_pen: both(padlock, line('#333b42', 'M17.5 9.5L11 16l-.8 2', 2)),
  mag: both(
    <circle cx="8" cy="8" r="5.5" fill="#cfe3ee" stroke={grey} strokeWidth="2.2" />,
    line(brown, 'M12.5 12.5l5 5', 2.8),
  ),
  memo: both(sheet, line(grey, 'M7 8h6M7 11h4', 1.4), line(amber, 'M17.5 8.5L10 16l-.8 2', 2.2)),
  moneybag: both(
    shape(amber, 'M7 2h6l-1.5 3.5C15 7.5 17 11 17 14c0 3-2.5 4.5-7 4.5S3 17 3 14c0-3 2-6.5 5.5-8.5z'),
    line('#fff', 'M10 9v7M12 10.2c-3.5-1.2-5 1.3-2 2.2 3.3 1 1.5 3.4-2 2.2', 1.3),
  ),
  no_entry: disc(red, 'M5.5 10h9'),
  no_entry_sign: both(
    <circle cx="10" cy="10" r="7.3" fill="none" stroke={red} strokeWidth="2.5" />,
    line(red, 'M5 5l10 10', 2.5),
  ),
  package: both(shape('#c08a4d', 'M2 6l8-4 8 4v9l-8 4-8-4z'), line(brown, 'M2 6l8 4 8-4M10 10v9', 1.4)),
  page_facing_up: both(sheet, line(grey, 'M6.8 8h6.4M6.8 11h6.4M6.8 14h4', 1.4)),
  pushpin: both(line(grey, 'M9 11l-5.5 6', 1.8), shape(red, 'M11 2l7 7-2.5.5-2.5 3 .5 3.5L6 8.5l3.5.5 2.5-3z')),
  question: both(line(red, 'M6.5 7a3.5 3.5 0 1 1 5.2 3c-1.2.8-1.7 1.3-1.7 2.7M10 16.8v.1', 2.8)),
  raised_hand: hand,
  red_circle: disc(red),
  repeat: tile(blue, 'M5 9.5V7.5h9M12 5l2.5 2.5L12 10M15 10.5v2H6M8 15l-2.5-2.5L8 10'),
  rocket: both(
    shape('#dfe5ea', 'M17.5 2.5c-5 0-9 3-11 8l3 3c5-2 8-6 8-11z'),
    shape(red, 'M6.5 10.5L3 11l2.5-4 3-.5zM9.5 13.5L9 17l4-2.5.5-3zM2 18c0-3 1-4.5 3-4.5l1.5 1.5C6.5 17 5 18 2 18z'),
    <circle cx="12.8" cy="7.2" r="1.7" fill={blue} />,
  ),
  rotating_light: both(
    shape(red, 'M5 15V9.5a5 5 0 0 1 10 0V15z'),
    shape(grey, 'M3 14.5h14V18H3z'),
    line(amber, 'M10 1v1.5M2 5l1.3 1M18 5l-1.3 1', 1.6),
  ),
  shield: both(
    shape(blue, 'M10 1.5l7 2.5v5.5c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V4z'),
    line('#fff', 'M6.5 10l2.7 2.7L13.5 8', 2),
  ),
  sos: both(
    <rect x="1" y="3.5" width="18" height="13" rx="3.5" fill={red} />,
    line(
      '#fff',
      'M6 7.7c-2.6-.7-3.2 1.8-1.3 2.3 2 .5 1.5 3-1.2 2.3M16.8 7.7c-2.6-.7-3.2 1.8-1.3 2.3 2 .5 1.5 3-1.2 2.3',
      1.5,
    ),
    <circle cx="10" cy="10" r="2.1" fill="none" stroke="#fff" strokeWidth="1.5" />,
  ),
  speech_balloon: shape(
    '#cfe3ee',
    'M3 3h14a1.5 1.5 0 0 1 1.5 1.5v8A1.5 1.5 0 0 1 17 14h-6l-5 4v-4H3a1.5 1.5 0 0 1-1.5-1.5v-8A1.5 1.5 0 0 1 3 3z',
  ),
  star: shape(amber, 'M10 1.5l2.6 5.5 6 .8-4.4 4.2 1.1 6-5.3-2.9L4.7 18l1.1-6L1.4 7.8l6-.8z'),
  stopwatch: both(watch, line(grey, 'M8.5 1h3')),
  tada: both(
    shape(amber, 'M2 18.5L6.5 6.5l7.5 7.5z'),
    line(red, 'M10 5c1-1 1-2 .5-3M13 8.5c1.5-2 3-2.5 5-2', 1.7),
    line(blue, 'M15 12c1.5-.5 2.5 0 3 1M13.5 3.5v.1M16.5 9.5v.1', 1.9),
  ),
  ticket: both(
    shape('#d9822b', 'M1.5 5h17v3.2a1.9 1.9 0 0 0 0 3.7V15h-17v-3.1a1.9 1.9 0 0 0 0-3.7z'),
    line('#fff', 'M13 6.5v1.2M13 9.4v1.2M13 12.3v1.2M5 8.5h4.5M5 11.5h3', 1.3),
  ),
  unlock: both(line(grey, 'M6 9V6a4 4 0 0 1 7.5-1.8', 2.2), shape(amber, 'M3.5 8.5h13v10h-13z')),
  broom: both(line(brown, 'M16.5 2l-7 8', 2.2), shape(amber, 'M9.8 8.2l3 2.6-4 7.7H1.5c3-1.5 3-6 8.3-10.3z')),
  palm_tree: both(
    line(brown, 'M10.5 8c-1.6 3-2 6.5-1.6 10.5', 2.2),
    line(
      green,
      'M10.5 7.5C8.8 4.2 5.8 3.4 2.6 5M10.5 7.5c-3-.8-5.4.5-6.8 3.4M10.5 7.5c1.4-3 4.2-4 7-2.6M10.5 7.5c3-.4 5 .9 6 3.6',
      2.1,
    ),
    shape('#d8c68a', 'M3.5 19c1.5-2.2 9.5-2.2 11.5 0z'),
  ),
  dog2: both(
    shape(brown, 'M3 6.5L2 4.5l3-2 2 1.5 1 3h6l3-2.5 1 1-1.2 3v9h-2.6v-4H7.6v4H5V9.5z'),
    line('#fff', 'M4.6 5v.1', 1.6),
  ),
  file_cabinet: both(
    shape(grey, 'M3.5 1.5h13v17h-13z'),
    line(light(), 'M5.5 7.2h9M5.5 12.8h9M8.7 4.5h2.6M8.7 10h2.6M8.7 15.5h2.6', 1.5),
  ),
  handshake: both(
    shape(skin, 'M1.5 6.5l4-2 4.5 2 4.5-2 4 2v6.5l-2.5.5-5 4h-2l-5-4-2.5-.5z'),
    line(brown, 'M9.8 6.6L6.8 10c.9 1.3 2.2 1.1 3.2 0l1-.9 4.6 4.3', 1.5),
  ),
  incoming_envelope: both(envelope, line(red, 'M10 1v6M7.4 4.8L10 7.4l2.6-2.6', 2)),
  leftwards_arrow_with_hook: tile(blue, 'M8 5.5L4.8 8.7 8 12M5 8.7h6.2c4.6 0 4.6 5.8 0 5.8H9'),
  pencil2: both(
    shape(amber, 'M3.5 13L13 3.5l3.5 3.5L7 16.5z'),
    shape(red, 'M13 3.5l1.6-1.6 3.5 3.5L16.5 7z'),
    shape('#e9c9a0', 'M3.5 13L2 18l5-1.5z'),
  ),
  receipt: both(
    shape(light(), 'M4 1.5h12v17l-2-1.6-2 1.6-2-1.6-2 1.6-2-1.6-2 1.6z'),
    line(grey, 'M4 1.5h12v17l-2-1.6-2 1.6-2-1.6-2 1.6-2-1.6-2 1.6zM7 6h6M7 9.5h6M7 13h3.5', 1.2),
  ),
  round_pushpin: both(
    line(grey, 'M10 10v8.5', 2),
    <circle cx="10" cy="6.5" r="5" fill={red} />,
    line('#fff', 'M8 5.2a2.6 2.6 0 0 1 1.4-1.2', 1.3),
  ),
  sunny: both(
    <circle cx="10" cy="10" r="4.3" fill={amber} />,
    line(
      amber,
      'M10 1.2v2.3M10 16.5v2.3M1.2 10h2.3M16.5 10h2.3M3.8 3.8l1.6 1.6M14.6 14.6l1.6 1.6M16.2 3.8l-1.6 1.6M5.4 14.6l-1.6 1.6',
      1.8,
    ),
  ),
  warning: both(
    shape(
      amber,
      'M10 1.8c.6 0 1 .3 1.3.8l7.3 13.2c.5 1-.1 2.2-1.3 2.2H2.7c-1.2 0-1.8-1.2-1.3-2.2L8.7 2.6c.3-.5.7-.8 1.3-.8z',
    ),
    line('#3a2a00', 'M10 7.5v4.3M10 14.9v.1', 2),
  ),
  wave: hand,
  white_check_mark: tile(green, 'M5.5 10.3l3 3 6-6.5'),
  white_circle: <circle cx="10" cy="10" r="7.7" fill={light()} stroke={grey} strokeWidth="1.5" />,
  white_large_square: (
    <rect x="2.2" y="2.2" width="15.6" height="15.6" rx="3.5" fill={light()} stroke={grey} strokeWidth="1.5" />
  ),
  wrench: line(grey, 'M4 16l7-7a4 4 0 0 1 5.5-5L13.5 7l.8 1.7 1.7.8 3-2.8', 2.4),
  x: line(red, 'M4 4l12 12M16 4L4 16', 3.4),
  zap: shape(amber, 'M11.5 1L3.5 11.5H9L7.5 19l9-11.5h-5.7z'),
}

const sameDrawing: Record<string, string> = {
  busts_in_silhouette: 'bust_in_silhouette',
  date: 'calendar',
  'e-mail': 'email',
  envelope: 'email',
  hand: 'raised_hand',
  heavy_multiplication_x: 'x',
  mag_right: 'mag',
  page_with_curl: 'page_facing_up',
  pause_button: 'double_vertical_bar',
  pencil: 'memo',
  party_popper: 'tada',
  sparkles: 'star',
  spiral_calendar_pad: 'calendar',
}

/** The drawing of an emoji, if we made one. */
export function drawingOf(name: string): ReactNode {
  const drawn = sameDrawing[name] ?? name
  return Object.hasOwn(emojiDrawings, drawn) ? emojiDrawings[drawn] : undefined
}
