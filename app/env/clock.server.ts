/** The current time, passed as an argument so that tests can bring their own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
