import { useState } from "react";
import { formatCount } from "../format/number";
import { isRecord } from "../model/json-value";
import { FoldedText } from "./FoldedText";
import { inlineJson, scalarJson } from "./inline-json";

const FIRST_ENTRIES = 50;
const OPEN_DEPTH = 1;
const LONG_STRING = 160;

/** A JSON value as a tree that opens level by level; what fits on a line stands on a line. */
export function JsonView({ value }: { readonly value: unknown }) {
  const inline = inlineJson(value);
  if (inline !== null) return <code className="tv-code">{inline}</code>;
  if (typeof value === "string") return <FoldedText text={value} className="tv-code" />;
  return (
    <div className="tv-json">
      <Entries value={value} depth={0} />
    </div>
  );
}

function Entries({ value, depth }: { readonly value: unknown; readonly depth: number }) {
  const [all, setAll] = useState(false);
  const entries = entriesOf(value);
  const shown = all ? entries : entries.slice(0, FIRST_ENTRIES);
  return (
    <ul>
      {shown.map(([name, inner]) => (
        <li key={name}>
          <Entry name={name} value={inner} depth={depth} />
        </li>
      ))}
      {shown.length < entries.length && (
        <li>
          <button type="button" className="tv-more" onClick={() => setAll(true)}>
            Show all {formatCount(entries.length)} entries
          </button>
        </li>
      )}
    </ul>
  );
}

interface EntryProps {
  readonly name: string;
  readonly value: unknown;
  readonly depth: number;
}

function Entry({ name, value, depth }: EntryProps) {
  const inline = inlineJson(value, LONG_STRING);
  if (inline !== null && (!isComposite(value) || inline.length <= 72))
    return <Line name={name} text={inline} scalar={!isComposite(value)} />;
  if (isComposite(value)) return <Branch name={name} value={value} depth={depth} />;
  if (typeof value !== "string") return <Line name={name} text={scalarJson(value)} scalar />;
  return (
    <>
      <span className="tv-key">{name}</span>
      <FoldedText text={value} className="tv-json-text" />
    </>
  );
}

function Line({ name, text, scalar }: { readonly name: string; readonly text: string; readonly scalar: boolean }) {
  return (
    <>
      <span className="tv-key">{name}</span> <span className={scalar ? "tv-scalar" : undefined}>{text}</span>
    </>
  );
}

function Branch({ name, value, depth }: EntryProps) {
  const [open, setOpen] = useState(depth < OPEN_DEPTH);
  return (
    <>
      <button type="button" className="tv-branch" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className="tv-key">{name}</span> <span className="tv-size">{sizeOf(value)}</span>
      </button>
      {open && <Entries value={value} depth={depth + 1} />}
    </>
  );
}

function isComposite(value: unknown): boolean {
  return Array.isArray(value) || isRecord(value);
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isComposite(value) ? Object.entries(value as object) : [];
}

function sizeOf(value: unknown): string {
  const count = entriesOf(value).length;
  return Array.isArray(value) ? `[${formatCount(count)}]` : `{${formatCount(count)}}`;
}
