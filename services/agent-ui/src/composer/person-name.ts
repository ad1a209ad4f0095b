/** How a sentence names the person: the first name of somebody known, otherwise the whole title ("Visitor 4F2A"). */
export function personName(title: string, isKnown: boolean): string {
  const [first = title, ...more] = title.trim().split(/\s+/u);
  // One letter or an initial is no name to call somebody by; an address or a name in one piece stays as it is.
  return isKnown && more.length > 0 && first.length > 2 && !first.endsWith('.') ? first : title;
}
