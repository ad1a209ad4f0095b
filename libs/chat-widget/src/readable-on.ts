/** Black or white, whichever stands out more on `#rrggbb` (WCAG relative luminance; they are equal at 0.179). */
export function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    // The standard's curve but for its linear beginning, which is too dark to matter.
    return (parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000' : '#fff';
}
