/** The name of a configuration that is found without being named. */
export const configName = 'cnnc.config.json';
