/** How a training goes, as far as a report needs it. */
export interface TrainingProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly seen: number;
  readonly images: number;
  readonly loss: number;
  readonly accuracy: number | undefined;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

/** How one epoch went, as far as a report needs it. */
export interface TrainedEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number | undefined;
  readonly validation: { readonly loss: number; readonly accuracy: number } | undefined;
  readonly seconds: number;
}

/** The line of progress: `epoch 1/2  12,800/60,000  loss 0.1834  accuracy 94.1%  4,210 images/s  0:23 left`. */
export function progressText(progress: TrainingProgress): string {
  const { epoch, epochs, seen, images, loss, accuracy, imagesPerSecond, secondsLeft } = progress;
  return [
    `epoch ${String(epoch)}/${String(epochs)}`,
    `${grouped(seen)}/${grouped(images)}`,
    `loss ${loss.toFixed(4)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${percentText(accuracy)}`]),
    `${grouped(Math.round(imagesPerSecond))} images/s`,
    `${durationText(secondsLeft)} left`,
  ].join('  ');
}

/** The line of a finished epoch. */
export function epochText(
  { epoch, loss, accuracy, validation, seconds }: TrainedEpoch,
  epochs: number,
): string {
  const trained = [
    `loss ${loss.toFixed(4)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${percentText(accuracy)}`]),
  ];
  const tested =
    validation === undefined
      ? []
      : [`test loss ${validation.loss.toFixed(4)}`, `test accuracy ${percentText(validation.accuracy)}`];
  return [`epoch ${String(epoch)}/${String(epochs)}`, ...trained, ...tested, durationText(seconds)].join(
    '  ',
  );
}

/** A share in percent, to two digits behind the point, never rounded up to all. */
export function percentText(share: number): string {
  const percent = Math.floor(share * 10_000 + 1e-9) / 100;
  return `${percent.toFixed(2)}%`;
}

/** Seconds as minutes and seconds, or hours too: `0:23`, `1:02:03`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = String(rest).padStart(2, '0');
  if (hours === 0) return `${String(minutes)}:${tail}`;
  return `${String(hours)}:${String(minutes).padStart(2, '0')}:${tail}`;
}

/** A count with its digits in groups of three. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
