import { env } from '@tensorflow/tfjs-core';

/**
 * Runs something without TensorFlow.js' own banners and warnings, which all ask this flag; what others print is let through.
 */
export async function silently<T>(action: () => Promise<T>): Promise<T> {
  const before = env().getBool('PROD');
  env().set('PROD', true);
  try {
    return await action();
  } finally {
    env().set('PROD', before);
  }
}
