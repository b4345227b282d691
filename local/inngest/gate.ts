export const DEFAULT_GATE_DELAYS_MS = [250, 500, 1_000, 2_000, 3_000, 5_000] as const;

export type Gate = ReturnType<typeof createGate>;

/**
 * Holds calls back while an app is away. One call at a time probes whether it is back; all others wait, so a restart is
 * met by one request and not by hundreds. It runs on real time: advancing the test clock does not bring an app back.
 */
export function createGate(delaysMs: readonly number[], onRetry: () => void) {
  let failures = 0;
  let reason: string | null = null;
  let isProbing = false;
  let timer: NodeJS.Timeout | undefined;

  return {
    /** Whether a call may be made now. When it says yes, its end must be reported. */
    mayPass(): boolean {
      if (failures === 0) return true;
      if (timer || isProbing) return false;
      isProbing = true;
      return true;
    },

    /** Reports that the call that was let through was not made. */
    passUnused(): void {
      isProbing = false;
    },

    /** Reports that the app answered; true when it had been away. */
    succeeded(): boolean {
      const wasAway = failures > 0;
      clearTimeout(timer);
      timer = undefined;
      failures = 0;
      reason = null;
      isProbing = false;
      return wasAway;
    },

    /** Reports that the app did not answer; true when that is news. */
    failed(why: string): boolean {
      const isNews = reason !== why;
      reason = why;
      isProbing = false;
      // Calls that were under way together fail together; that is one failure and not many.
      if (!timer) {
        const delay = delaysMs[Math.min(failures, delaysMs.length - 1)];
        failures += 1;
        timer = setTimeout(() => {
          timer = undefined;
          onRetry();
        }, delay);
      }
      return isNews;
    },

    awayBecause: (): string | null => reason,
    close: () => clearTimeout(timer),
  };
}
