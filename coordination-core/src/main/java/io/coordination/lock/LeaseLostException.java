package io.coordination.lock;

import io.coordination.CoordinationException;

/** Thrown when work that needs a lease finds it lost. Another may have acted on the resource meanwhile. */
public final class LeaseLostException extends CoordinationException {

    private static final long serialVersionUID = 1L;

    private final transient LeaseLoss loss;

    LeaseLostException(LeaseLoss loss) {
        super(
                loss.inWords()
                        + " Another may have acted on it since: treat what was done under it as not done unless the"
                        + " resource checked the token. Renew more reliably, lengthen the lease or shorten the work.",
                null);
        this.loss = loss;
    }

    /** What was lost and why. */
    public LeaseLoss loss() {
        return loss;
    }
}
