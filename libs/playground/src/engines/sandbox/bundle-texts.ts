/** Fetches the text of a bundle. */
export type FetchText = (url: string) => Promise<string>;

const fetchFromSite: FetchText = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The playground could not load ${url}: ${response.status} ${response.statusText}`);
  return response.text();
};

/** Texts by URL, each fetched once; a failed fetch is tried again the next time. */
export function bundleTexts(fetchText: FetchText = fetchFromSite): FetchText {
  const texts = new Map<string, Promise<string>>();
  return (url) => {
    const known = texts.get(url);
    if (known) return known;
    const text = fetchText(url);
    texts.set(url, text);
    text.catch(() => texts.delete(url));
    return text;
  };
}
