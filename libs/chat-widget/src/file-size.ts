/** As people of the language write it: `512 bytes`, `1.4 MB`, `1,4 Mo`. */
export function fileSize(bytes: number, tag: string): string {
  const unit = bytes < 1_000 ? 'byte' : bytes < 1_000_000 ? 'kilobyte' : 'megabyte';
  const amount = bytes / { byte: 1, kilobyte: 1_000, megabyte: 1_000_000 }[unit];
  const maximumFractionDigits = unit === 'megabyte' ? 1 : 0;
  // Only the long form of a byte has a plural.
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay, maximumFractionDigits }).format(amount);
}
