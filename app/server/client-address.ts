/**
 * The header in which the server names the address of whoever sent a request, and which it takes from nobody else: it knows
 * by TRUST_PROXY whom to believe.
 */
export const CLIENT_ADDRESS = "x-tandem-client-address";
