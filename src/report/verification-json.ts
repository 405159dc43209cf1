import { jsonObject, plainJson, type Json } from './json.js';
import type { Verification } from './verification.js';

/** A verification as data; differences that are not finite are `null`. */
export function verificationJson(verification: Verification): Json {
  const { model, reference, tolerance, batch, layers, runners, skipped } = verification;
  return jsonObject({
    formatVersion: 1,
    model,
    reference,
    tolerance,
    batch,
    agrees: runners.every(({ departs }) => departs === undefined),
    layers: plainJson(layers),
    runners: runners.map(({ name, largest, departs, layers: compared }) =>
      jsonObject({
        name,
        agrees: departs === undefined,
        largest: largest && plainJson(largest),
        departs: departs && plainJson(departs),
        layers: plainJson(compared),
      }),
    ),
    skipped: plainJson(skipped),
  });
}
