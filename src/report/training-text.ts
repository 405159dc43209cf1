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
  readonly test: { readonly loss: number; readonly accuracy: number } | undefined;
  readonly seconds: number;
}

/** The line of progress: `epoch 1/2  12,800/60,000  loss 0.1834  accuracy 94.1%  4,210 images/s  0:23 left`. */
export function progressText(progress: TrainingProgress): string {
  const { epoch, epochs, seen, images, loss, accuracy, imagesPerSecond, secondsLeft } = progress;
  return [
    `epoch ${String(epoch)}/${String(epochs)}`,
    `${grouped(seen)}/${grouped(images)}`,
    `loss ${lossText(loss)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${percentText(accuracy)}`]),
    `${grouped(Math.round(imagesPerSecond))} images/s`,
    `${durationText(secondsLeft)} left`,
  ].join('  ');
}

/** The line of a finished epoch. */
export function epochText(
  { epoch, loss, accuracy, validation, test, seconds }: TrainedEpoch,
  epochs: number,
): string {
  return [
    `epoch ${String(epoch)}/${String(epochs)}`,
    `loss ${lossText(loss)}`,
    ...(accuracy === undefined ? [] : [`accuracy ${percentText(accuracy)}`]),
    ...measuredTexts('validation', validation),
    ...measuredTexts('test', test),
    durationText(seconds),
  ].join('  ');
}

function measuredTexts(name: string, measured: TrainedEpoch['test']): readonly string[] {
  if (measured === undefined) return [];
  return [`${name} loss ${lossText(measured.loss)}`, `${name} accuracy ${percentText(measured.accuracy)}`];
}

/** A loss to four digits behind the point; a large one, as of a training that goes astray, to five digits in all. */
export function lossText(loss: number): string {
  return Math.abs(loss) < 9.999_95 ? loss.toFixed(4) : loss.toPrecision(5);
}

/** A share in percent, rounded to two digits behind the point; all is said of all alone. */
export function percentText(share: number): string {
  const percent = Math.round(share * 10_000) / 100;
  return `${(share < 1 ? Math.min(percent, 99.99) : percent).toFixed(2)}%`;
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
