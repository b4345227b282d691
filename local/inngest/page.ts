import { hash } from 'node:crypto';
import type { FunctionConfig } from './protocol/registration.ts';
import type { Run, RunStatus } from './store/runs.ts';
import type { Step } from './store/steps.ts';
import type { SyncState } from './sync.ts';

const STYLE = `
  :root { color-scheme: light dark; --muted: light-dark(#66635d, #a19d95); --line: light-dark(#e2ded6, #3a3834); }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2.5rem auto; padding: 0 1.25rem;
    background: light-dark(#fbfaf7, #1c1b19); color: light-dark(#23211e, #ece9e3); }
  h1 { font-size: 1.35rem; margin: 0 0 .25rem; } h2 { font-size: 1.05rem; margin: 2.25rem 0 .5rem; }
  p { margin: .25rem 0; } .muted { color: var(--muted); }
  table { width: 100%; border-collapse: collapse; } th { text-align: left; font-weight: 500; color: var(--muted); }
  th, td { padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
  code { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; } a { color: inherit; }
  .completed { color: light-dark(#26703f, #7fcf9a); } .failed { color: light-dark(#b3261e, #ff8f85); }
  .running, .pending { color: light-dark(#8a5a00, #e9bb62); } .cancelled { color: var(--muted); }
`;

/** A page runs and loads nothing; its own style alone is taken. */
export const POLICY = `default-src 'none'; style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function time(moment: number | null): string {
  return moment === null ? '' : new Date(moment).toISOString().slice(0, 19).replace('T', ' ');
}

function duration(from: number | null, to: number | null): string {
  if (from === null || to === null) return '';
  const milliseconds = to - from;
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body>${body}</body></html>`;
}

function table(headings: string[], rows: string[][], empty: string): string {
  if (rows.length === 0) return `<p class="muted">${empty}</p>`;
  const head = headings.map((heading) => `<th scope="col">${heading}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function status(value: string): string {
  return `<span class="${escapeHtml(value)}">${escapeHtml(value)}</span>`;
}

function triggers(config: FunctionConfig): string {
  return config.triggers
    .map((trigger) => `<code>${escapeHtml('cron' in trigger ? trigger.cron : trigger.event)}</code>`)
    .join(', ');
}

export type Overview = {
  functions: FunctionConfig[];
  runs: Run[];
  counts: Record<RunStatus, number>;
  sync: SyncState | null;
};

/** The page at `/`: what is registered and what ran lately, without any of the data. */
export function renderOverview({ functions, runs, counts, sync }: Overview): string {
  const functionRows = functions.map((config) => [`<code>${escapeHtml(config.id)}</code>`, triggers(config)]);
  const runRows = runs.map((run) => [
    `<a href="/runs/${run.id}"><code>${run.id}</code></a>`,
    `<code>${escapeHtml(run.functionId)}</code>`,
    status(run.status),
    time(run.createdAt),
    duration(run.startedAt, run.endedAt),
  ]);
  return document(
    'Local Inngest',
    `<h1>Local Inngest</h1>
    <p class="muted">${escapeHtml(sync?.detail ?? 'Apps register here themselves.')}</p>
    <p>${counts.running} running, ${counts.completed} completed, ${counts.failed} failed, ${counts.cancelled} cancelled</p>
    <h2>Functions</h2>${table(['Function', 'Triggers'], functionRows, 'No app has registered yet.')}
    <h2>Recent runs</h2>${table(['Run', 'Function', 'Status', 'Created (UTC)', 'Took'], runRows, 'Nothing has run yet.')}`,
  );
}

/** The page of one run: its steps in the order they ended, with their attempts and errors. */
export function renderRun(run: Run, steps: Step[]): string {
  const rows = steps.map((step) => [
    escapeHtml(step.name),
    `<code>${escapeHtml(step.op)}</code>`,
    status(step.status),
    String(step.attempts),
    time(step.endedAt),
    escapeHtml(step.error?.message ?? ''),
  ]);
  return document(
    `Run ${run.id}`,
    `<p><a href="/">All runs</a></p><h1><code>${escapeHtml(run.functionId)}</code></h1>
    <p>${status(run.status)} <span class="muted">created ${time(run.createdAt)}, took ${duration(run.startedAt, run.endedAt) || 'no time yet'}</span></p>
    ${run.error ? `<p class="failed">${escapeHtml(run.error.name)}: ${escapeHtml(run.error.message)}</p>` : ''}
    <h2>Steps</h2>${table(['Step', 'Kind', 'Status', 'Attempts', 'Ended (UTC)', 'Last error'], rows, 'No step has been reached yet.')}`,
  );
}
