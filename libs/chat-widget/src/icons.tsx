/** Drawn here, so that nothing is fetched. All are 24 units wide and hidden from assistive technology. */
function icon(d: string) {
  return () => (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

export const SendIcon = icon(
  'M4.5 12 3.5 4.4a.6.6 0 0 1 .86-.62l16 7.68a.6.6 0 0 1 0 1.08l-16 7.68a.6.6 0 0 1-.86-.62zM4.5 12h8',
);
export const ClipIcon = icon(
  'M20 11.5 12.2 19.3a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-8 8a1.6 1.6 0 0 1-2.2-2.2l7.2-7.2',
);
export const FileIcon = icon('M6 3.5h8l4.5 4.5v12.5H6zM13.5 3.5V8.5h5');
export const CloseIcon = icon('M6 6l12 12M18 6 6 18');
export const DownIcon = icon('M12 5v14M6 13l6 6 6-6');
export const BotIcon = icon('M12 7.5V4M5 7.5h14v11H5zM9 12v2M15 12v2M2.5 12v3M21.5 12v3');
export const MailIcon = icon('M3.5 6.5h17v11h-17zM3.5 7l8.5 6.5L20.5 7');
export const SpeechIcon = icon(
  'M4 5.5A1.5 1.5 0 0 1 5.5 4h13A1.5 1.5 0 0 1 20 5.5v9a1.5 1.5 0 0 1-1.5 1.5H11l-4.6 4v-4h-.9A1.5 1.5 0 0 1 4 14.5zM8 8.5h8M8 11.5h5',
);
