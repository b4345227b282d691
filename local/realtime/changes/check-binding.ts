import type { Transaction } from '../../supabase/driver.ts';
import type { Identity } from '../identity.ts';
import { type Binding, describeBinding } from './binding.ts';
import { readPublished } from './catalog.ts';
import { BindingError } from './filter.ts';
import { checkFilter } from './predicate.ts';

/** Throws the sentence that a client gets when it cannot listen to this. */
export async function checkBinding(
  transaction: Transaction,
  binding: Binding,
  identity: Identity,
): Promise<void> {
  const what = describeBinding(binding);
  try {
    const tables = await readPublished(transaction, binding.schema, binding.table, identity.role);
    if (tables.length === 0) {
      throw new BindingError(
        `Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect parameters: ${what}`,
      );
    }
    for (const table of tables) {
      const readable = table.columns.filter(({ readers }) => readers.includes(identity.role));
      for (const filter of binding.filters) {
        const column = readable.find(({ name }) => name === filter.column);
        if (!column) throw new Error(`invalid column for filter ${filter.column}`);
        await checkFilter(transaction, table, filter, column);
      }
      const unknown = binding.select?.find((name) => readable.every((column) => column.name !== name));
      if (unknown !== undefined) throw new Error(`invalid column for select ${unknown}`);
    }
  } catch (error) {
    if (error instanceof BindingError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new BindingError(
      `Unable to subscribe to changes with given parameters. An exception happened so please check your connect parameters: ${what}. Exception: ${reason}`,
      { cause: error },
    );
  }
}
