/** Strokes in a 24 px box, drawn with the colour of the text around them. */
const PATHS = {
  inbox:
    'M4 13l2.4-7.2A1.8 1.8 0 0 1 8.1 4.6h7.8a1.8 1.8 0 0 1 1.7 1.2L20 13v4.4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 13h4.5l1.4 2.4h4.2l1.4-2.4H20',
  bolt: 'M13 3L5.5 13.5H11L10 21l8-11h-6z',
  people:
    'M9.5 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM3.5 19.5c0-3 2.6-5 6-5s6 2 6 5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c1.6.8 2.6 2.4 2.6 4.6',
  person: 'M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM5 20c0-3.4 3-5.5 7-5.5s7 2.1 7 5.5',
  gear: 'M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM12 3v3.2M12 17.8V21M3 12h3.2M17.8 12H21M5.6 5.6l2.3 2.3M16.1 16.1l2.3 2.3M5.6 18.4l2.3-2.3M16.1 7.9l2.3-2.3',
  chat: 'M5.5 4.5h13a1.5 1.5 0 0 1 1.5 1.5v9.5a1.5 1.5 0 0 1-1.5 1.5H9l-5 3.5V6a1.5 1.5 0 0 1 1.5-1.5z',
  mail: 'M5 5.5h14A1.5 1.5 0 0 1 20.5 7v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5zM4 7.5l8 5.5 8-5.5',
  messenger:
    'M12 4c-4.7 0-8.3 3.3-8.3 7.6 0 2.3 1 4.3 2.7 5.7V20l2.5-1.4c1 .3 2 .4 3.1.4 4.7 0 8.3-3.2 8.3-7.4S16.7 4 12 4zM7.8 13.3l2.7-2.8 2.7 2.2 3-2.4',
  check: 'M4.5 12.5l5 5L19.5 7',
  send: 'M20.5 3.5L3.5 10l6.8 3.2L13.5 20zM10.3 13.2l4-4',
  paperclip: 'M19.5 11.5l-7.7 7.7a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.8 7.7a1.5 1.5 0 0 1-2.2-2.1l7-7',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16.2 16.2L20.5 20.5',
  'chevron-down': 'M6.5 9.5L12 15l5.5-5.5',
  'chevron-left': 'M14.5 6L8.5 12l6 6',
  'chevron-right': 'M9.5 6l6 6-6 6',
  'arrow-up': 'M12 19V5M6 11l6-6 6 6',
  'arrow-down': 'M12 5v14M6 13l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  clock: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2',
  branch: 'M12 20.5V13M12 13c0-3-6-3-6-8.5M12 13c0-3 6-3 6-8.5M3.5 7L6 4.5 8.5 7M15.5 7L18 4.5 20.5 7',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  plus: 'M12 5v14M5 12h14',
  edit: 'M4 20l1-4.5L16.3 4.2a1.7 1.7 0 0 1 2.4 0l1.1 1.1a1.7 1.7 0 0 1 0 2.4L8.5 19z',
  trash: 'M5 7h14M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.3 11v5M13.7 11v5',
  drag: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  copy: 'M9 8.5h9.5a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V9.5a1 1 0 0 1 1-1zM15.5 8.5V5a1 1 0 0 0-1-1H5.5a1 1 0 0 0-1 1v9.5a1 1 0 0 0 1 1H8',
  warning: 'M12 4.5L21 19.5H3zM12 10v4.5M12 17h.01',
  info: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11.5V16M12 8h.01',
  offline:
    'M4 4l16 16M8.5 8.3C6.6 8.9 4.9 9.9 3.5 11.2M12.8 7.5c2.9.1 5.6 1.4 7.7 3.7M6.8 14.7a7.5 7.5 0 0 1 5-2M15.8 13.7l1.4 1M12 18.5h.01',
  download: 'M12 4v11M7 10.5l5 5 5-5M5 19.5h14',
  file: 'M7 3.5h7l4 4V19a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5V8H18',
  image:
    'M5.5 4.5h13a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1zM5 16.5l4.5-4.5 4 4 2.5-2.5 3.5 3.5M15 9h.01',
  eye: 'M3 12c2-4 5.2-6 9-6s7 2 9 6c-2 4-5.2 6-9 6s-7-2-9-6zM12 14.7a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4z',
  reopen: 'M4.5 5v5h5M5 10a7.5 7.5 0 1 1-.3 4',
  refresh: 'M19.5 5v5h-5M19 10a7.5 7.5 0 1 0 .3 4',
  'sign-out':
    'M14 5.5V4.5a1 1 0 0 0-1-1H6a1 1 0 0 0-1 1v15a1 1 0 0 0 1 1h7a1 1 0 0 0 1-1v-1M10 12h10.5M17 8.5l3.5 3.5-3.5 3.5',
  panel:
    'M5 4.5h14a1.5 1.5 0 0 1 1.5 1.5v12a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 18V6A1.5 1.5 0 0 1 5 4.5zM14.5 4.5v15',
  filter: 'M4 6.5h16M7 12h10M10.5 17.5h3',
  bell: 'M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4',
  bot: 'M6.5 8.5h11A1.5 1.5 0 0 1 19 10v8a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18v-8a1.5 1.5 0 0 1 1.5-1.5zM12 8.5V5M12 4h.01M9.5 13.5h.01M14.5 13.5h.01M10 16.5h4',
  keyboard:
    'M4.5 6.5h15A1.5 1.5 0 0 1 21 8v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8',
} as const;

export type IconName = keyof typeof PATHS;

/** Decorative unless it has a label. Size in CSS pixels. */
export function Icon({
  name,
  size = 16,
  label,
  className,
}: {
  name: IconName;
  size?: number;
  label?: string;
  className?: string;
}) {
  const dots = name === 'more' || name === 'drag';
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={dots ? 2.6 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
