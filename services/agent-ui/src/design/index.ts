/**
 * The parts that every screen is made of. Colours, spacing and type are custom properties of tokens.css
 * (`--accent`, `--border-strong`, `--space-3`, `--radius-s`, `--type-s` …); CSS modules use nothing else.
 * `.only-read` (global class) hides a text from sight but not from screen readers.
 */
export { Avatar } from './avatar';
export { Banner } from './banner';
export { Button, ButtonLink } from './button';
export { ChannelLabel } from './channel-label';
export { ConfirmDialog } from './confirm-dialog';
export { Dialog } from './dialog';
export { EmptyState } from './empty-state';
export { Field, type FieldProps } from './field';
export { IconButton } from './icon-button';
export { Icon, type IconName } from './icons';
export { IN_PLACE } from './in-place';
export { lazyCode, loadLazyCode } from './lazy-code';
export { Menu, MenuHeading, MenuItem, MenuSeparator } from './menu';
export { opensByKey, usePressOnArrival } from './press-on-arrival';
export { Select, type SelectOption } from './select';
export { Skeleton, SkeletonRows } from './skeleton';
export { Time } from './time';
export { Toasts, useToasts } from './toasts';
export { Tooltip } from './tooltip';
export { TooltipLayer } from './tooltip-layer';
