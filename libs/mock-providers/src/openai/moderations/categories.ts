/** A category: the words that point at it, and the inputs that it looks at. */
export interface Category {
  readonly name: string;
  readonly words: readonly string[];
  readonly pictures: boolean;
}

const category = (name: string, words: string, pictures = false): Category => ({
  name,
  words: words.split(" ").filter(Boolean),
  pictures,
});

/** In the API's order. The words are few and mild: enough for an example, no filter for real use. */
export const CATEGORIES: readonly Category[] = [
  category("harassment", "idiot stupid moron loser pathetic"),
  category("harassment/threatening", "threaten threat"),
  category("sexual", "nude porn erotic", true),
  category("hate", "hate inferior vermin"),
  category("hate/threatening", "exterminate eradicate"),
  category("illicit", "steal shoplift counterfeit smuggle"),
  category("illicit/violent", "bomb explosive grenade"),
  category("self-harm/intent", "suicide suicidal", true),
  category("self-harm/instructions", "overdose", true),
  category("self-harm", "suicide suicidal overdose", true),
  category("sexual/minors", ""),
  category("violence", "kill murder stab shoot attack bomb", true),
  category("violence/graphic", "gore bloody mutilate", true),
];
