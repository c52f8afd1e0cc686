/** The current moment, as an argument to whatever needs one: tests bring their own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
