/** As people of the language write it: `1.4 MB`, `1,4 Mo`. */
export function fileSize(bytes: number, tag: string): string {
  const [unit, amount] =
    bytes < 1_000 ? ['byte', bytes] : bytes < 1_000_000 ? ['kilobyte', bytes / 1_000] : ['megabyte', bytes / 1_000_000];
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: String(unit),
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(Number(amount));
}
