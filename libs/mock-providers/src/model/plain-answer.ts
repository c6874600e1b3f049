import { Clues } from "./clues";

const LONGEST_QUOTE = 120;

/** A short answer without tools that refers to the prompt and does not pretend to know, nor to see. */
export function plainAnswer(prompt: string, pictures = 0): string {
  const seen = pictures === 1 ? " I cannot see the picture." : ` I cannot see the ${pictures} pictures.`;
  return pictures > 0 ? aboutText(prompt) + seen : aboutText(prompt);
}

function aboutText(prompt: string): string {
  const text = prompt.trim().replace(/\s+/g, " ");
  if (text === "") return "Hello! What would you like to know?";
  if (/^(hello|hi|hey|good (morning|evening|day))\b/i.test(text) && text.length < 40)
    return "Hello! How can I help you today?";
  const sum = arithmetic(new Clues(text).find("expression"));
  if (sum) return sum;
  const quote = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE).trimEnd()}…` : text;
  return text.endsWith("?")
    ? `You asked: “${quote}” I am a small simulated model, so this is a stand-in for a real answer.`
    : `You wrote: “${quote}” I am a small simulated model, so this is a stand-in for a real reply.`;
}

/** `27 * 453` → `27 * 453 = 12231.`; only two numbers and one operator. */
function arithmetic(expression: string | undefined): string | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([-+*/×÷])\s*(\d+(?:\.\d+)?)$/.exec(expression ?? "");
  if (!match) return undefined;
  const [, left, operator, right] = match;
  const result = operate(Number(left), operator ?? "", Number(right));
  return Number.isFinite(result) ? `${left} ${operator} ${right} = ${Number(result.toPrecision(12))}.` : undefined;
}

function operate(left: number, operator: string, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
    case "×":
      return left * right;
    default:
      return left / right;
  }
}
