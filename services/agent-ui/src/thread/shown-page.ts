/** `/pricing` of `https://shop.example/pricing?utm=1`: the part of an address that tells a person where somebody is. */
export function shownPage(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null) return address;
  try {
    return decodeURI(url.pathname);
  } catch (error) {
    // A path that is not UTF-8 is shown as it was sent.
    if (error instanceof URIError) return url.pathname;
    throw error;
  }
}
