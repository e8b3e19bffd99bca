export { besselI, besselIScaled, logBesselI } from "./bessel/bessel-i.js";
export { besselIRatio } from "./bessel/ratio.js";
export { hypergeometric0F1, logHypergeometric0F1, logReducedBesselI } from "./bessel/reduced.js";
export { besselIScaledSequence } from "./bessel/sequence.js";
export { gamma, logGamma } from "./gamma/log-gamma.js";
export { logPochhammer } from "./gamma/pochhammer.js";
export { digamma, trigamma } from "./gamma/polygamma.js";
export { gegenbauer, gegenbauerDerivative, gegenbauerSequence } from "./gegenbauer.js";
