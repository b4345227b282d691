/** Code that comes when it is first needed, and is there at once from then on. What failed to come is asked for again. */
export function lazyModule<Module>(fetchIt: () => Promise<Module>) {
  let here: Module | undefined;
  let coming: Promise<Module> | undefined;
  return {
    /** It, where it is there. */
    get: () => here,
    load: (): Promise<Module> => {
      coming ??= fetchIt().then(
        (module) => {
          here = module;
          return module;
        },
        (error: unknown) => {
          coming = undefined;
          throw error;
        },
      );
      return coming;
    },
  };
}
